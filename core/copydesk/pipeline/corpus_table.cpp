#include "copydesk/pipeline/corpus_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace copydesk {

void IdTable::append(std::string_view id) {
  if (chunks_.empty() || chunks_.back().size() + id.size() > kChunkBytes) {
    chunks_.emplace_back().reserve(std::max(kChunkBytes, id.size()));
  }
  places_.push_back({static_cast<std::uint32_t>(chunks_.size() - 1),
                     static_cast<std::uint32_t>(chunks_.back().size()),
                     static_cast<std::uint32_t>(id.size())});
  chunks_.back().append(id);
}

std::string_view IdTable::id(std::size_t document) const {
  const Place& place = places_[document];
  return std::string_view(chunks_[place.chunk]).substr(place.offset, place.size);
}

std::string CorpusTable::name_of(std::uint32_t document) const {
  const std::string_view id = ids.id(document);
  if (!id.empty()) return std::string(id);
  const BlockRow& block = block_of(document);
  return fmt::format("{}:{}", inputs[block.source].path,
                     block.first_line + documents[document].line);
}

const BlockRow& CorpusTable::block_of(std::uint32_t document) const {
  const auto after = std::upper_bound(
      blocks.begin(), blocks.end(), document,
      [](std::uint32_t number, const BlockRow& block) { return number < block.first_document; });
  return *(after - 1);
}

}  // namespace copydesk
