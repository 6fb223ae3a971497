// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/corpus_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "copydesk/error.h"

namespace copydesk {

void IdTable::append(std::string_view id) {
  if (chunks_.empty() || chunks_.back().ids.size() + id.size() > kChunkBytes) {
    chunks_.push_back({{}, ends_.size()});
    chunks_.back().ids.reserve(std::max(kChunkBytes, id.size()));
  }
  chunks_.back().ids.append(id);
  ends_.push_back(static_cast<std::uint32_t>(chunks_.back().ids.size()));
}

std::string_view IdTable::id(std::size_t document) const {
  const auto after = std::upper_bound(
      chunks_.begin(), chunks_.end(), document,
      [](std::size_t number, const Chunk& chunk) { return number < chunk.first_document; });
  const Chunk& chunk = *(after - 1);
  const std::uint32_t begin = document == chunk.first_document ? 0 : ends_[document - 1];
  return std::string_view(chunk.ids).substr(begin, ends_[document] - begin);
}

std::string CorpusTable::name_of(std::uint32_t document) const {
  const std::string_view id = ids.id(document);
  if (!id.empty()) return std::string(id);
  const BatchRow& batch = batch_of(document);
  return fmt::format("{}:{}", inputs[batch.source].path,
                     batch.first_line + documents[document].line);
}

const BatchRow& CorpusTable::batch_of(std::uint32_t document) const {
  const auto after = std::upper_bound(
      batches.begin(), batches.end(), document,
      [](std::uint32_t number, const BatchRow& batch) { return number < batch.first_document; });
  return *(after - 1);
}

void fail_changed(const std::string& input) {
  throw Error(ErrorCode::kInputChanged, "the input changed while it was being read", input);
}

}  // namespace copydesk
