// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/text_store.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t kChunkWords = std::size_t{1} << 20;  // 4 MiB

}  // namespace

TextStore::TextStore(std::string folder, std::size_t memory_bytes)
    : memory_bytes_(memory_bytes), file_(std::move(folder)) {}

void TextStore::add(std::uint32_t document, const TokenList& tokens) {
  assert(entries_.empty() || entries_.back().document < document);
  assert(tokens.spans.size() == tokens.hashes.size());
  const std::size_t words = 3 * tokens.size();
  if (!open_.empty() && open_.size() + words > kChunkWords) close_chunk();
  entries_.push_back({document, static_cast<std::uint32_t>(tokens.size()),
                      static_cast<std::uint32_t>(chunks_.size()),
                      static_cast<std::uint32_t>(open_.size())});
  if (open_.capacity() < open_.size() + words) {
    open_.reserve(std::max(kChunkWords, open_.size() + words));
  }
  for (const std::uint64_t hash : tokens.hashes) open_.push_back(static_cast<std::uint32_t>(hash));
  for (const TextSpan& span : tokens.spans) {
    open_.push_back(static_cast<std::uint32_t>(span.begin));
  }
  for (const TextSpan& span : tokens.spans) open_.push_back(static_cast<std::uint32_t>(span.end));
}

void TextStore::close_chunk() {
  Chunk chunk;
  const std::size_t bytes = open_.size() * sizeof(std::uint32_t);
  if (memory_used_ + bytes <= memory_bytes_) {
    memory_used_ += bytes;
    if (open_.size() < open_.capacity()) {
      chunk.words = open_;
    } else {
      chunk.words.swap(open_);
    }
  } else {
    chunk.file_offset = file_.append(std::as_bytes(std::span(open_)));
  }
  chunks_.push_back(std::move(chunk));
  open_.clear();
}

const TextStore::Entry& TextStore::find(std::uint32_t document) const {
  const auto entry =
      std::lower_bound(entries_.begin(), entries_.end(), document,
                       [](const Entry& e, std::uint32_t number) { return e.document < number; });
  assert(entry != entries_.end() && entry->document == document);
  return *entry;
}

std::size_t TextStore::token_count(std::uint32_t document) const {
  return find(document).tokens;
}

TextStore::View TextStore::get(std::uint32_t document, Buffer& buffer) const {
  const Entry& entry = find(document);
  const std::size_t count = entry.tokens;
  const std::uint32_t* data = nullptr;
  if (entry.chunk == chunks_.size()) {
    data = open_.data() + entry.offset;
  } else if (const Chunk& chunk = chunks_[entry.chunk]; !chunk.words.empty()) {
    data = chunk.words.data() + entry.offset;
  } else {
    buffer.words.resize(3 * count);
    file_.read(chunk.file_offset + entry.offset * sizeof(std::uint32_t),
               std::as_writable_bytes(std::span(buffer.words)));
    data = buffer.words.data();
  }
  return {{data, count}, {data + count, count}, {data + 2 * count, count}};
}

}  // namespace copydesk
