// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/corpus_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

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

DocumentRow& DocumentList::add(const RecordBatch& batch, const Document& document) {
  if (document.has_id) ids.append(document.id);
  id_sizes.push_back(document.has_id ? static_cast<std::uint32_t>(document.id.size()) : 0);
  DocumentRow& row = rows.emplace_back();
  row.offset = static_cast<std::uint32_t>(document.origin.offset - batch.first_offset);
  row.size = static_cast<std::uint32_t>(document.record.size());
  row.line = static_cast<std::uint32_t>(document.origin.line - batch.first_line);
  return row;
}

std::uint32_t CorpusTable::append(const BatchRow& batch, const DocumentList& found) {
  constexpr std::size_t kMostDocuments = std::numeric_limits<std::uint32_t>::max() - 1;
  if (documents.size() + found.rows.size() > kMostDocuments) {
    throw Error(ErrorCode::kLimitExceeded, "a run holds at most 4,294,967,294 documents");
  }
  const auto first = static_cast<std::uint32_t>(documents.size());
  batches.push_back(batch);
  batches.back().first_document = first;
  documents.insert(documents.end(), found.rows.begin(), found.rows.end());
  std::string_view rest = found.ids;
  for (const std::uint32_t size : found.id_sizes) {
    ids.append(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  return first;
}

std::string document_name(std::string_view id, std::string_view path, std::uint64_t line) {
  if (!id.empty()) return std::string(id);
  return path.empty() ? std::to_string(line - 1) : fmt::format("{}:{}", path, line);
}

std::string CorpusTable::name_of(std::uint32_t document) const {
  const BatchRow& batch = batch_of(document);
  return document_name(ids.id(document), inputs[batch.source].path,
                       batch.first_line + documents[document].line);
}

RecordPlace CorpusTable::place_of(std::uint32_t document) const {
  const BatchRow& batch = batch_of(document);
  const std::string& path = inputs[batch.source].path;
  const std::uint64_t line = batch.first_line + documents[document].line;
  return {document_name(ids.id(document), path, line), path, line, is_table(batch.format)};
}

DocumentRef CorpusTable::ref_of(std::uint32_t document) const {
  const BatchRow& batch = batch_of(document);
  return {name_of(document), batch.source, batch.first_line + documents[document].line - 1};
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
