#include "copydesk/verify/shingle_set_store.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t kChunkWords = std::size_t{1} << 19;  // 4 MiB

std::size_t words_for_tokens(std::size_t tokens) { return (tokens + 1) / 2; }

}  // namespace

ShingleSetStore::ShingleSetStore(std::string folder, std::size_t memory_bytes)
    : memory_bytes_(memory_bytes), file_(std::move(folder)) {}

void ShingleSetStore::add(std::uint32_t document, std::span<const std::uint64_t> set,
                          std::span<const std::uint32_t> tokens) {
  assert(entries_.empty() || entries_.back().document < document);
  const std::size_t words = set.size() + words_for_tokens(tokens.size());
  if (!open_.empty() && open_.size() + words > kChunkWords) close_chunk();
  entries_.push_back({document, static_cast<std::uint32_t>(set.size()),
                      static_cast<std::uint32_t>(tokens.size()),
                      static_cast<std::uint32_t>(chunks_.size()), open_.size()});
  // At once, so that the chunk is not copied as it grows.
  if (open_.empty()) open_.reserve(std::max(kChunkWords, words));
  open_.insert(open_.end(), set.begin(), set.end());
  if (!tokens.empty()) {
    const std::size_t start = open_.size();
    open_.resize(start + words_for_tokens(tokens.size()));
    std::memcpy(open_.data() + start, tokens.data(), tokens.size_bytes());
  }
}

void ShingleSetStore::close_chunk() {
  Chunk chunk;
  const std::size_t bytes = open_.size() * sizeof(std::uint64_t);
  if (memory_used_ + bytes <= memory_bytes_) {
    memory_used_ += bytes;
    chunk.words = std::move(open_);
    open_ = {};
  } else {
    chunk.file_offset = file_.append(std::as_bytes(std::span(open_)));
  }
  chunks_.push_back(std::move(chunk));
  open_.clear();
}

const ShingleSetStore::Entry& ShingleSetStore::find(std::uint32_t document) const {
  const auto entry =
      std::lower_bound(entries_.begin(), entries_.end(), document,
                       [](const Entry& e, std::uint32_t number) { return e.document < number; });
  assert(entry != entries_.end() && entry->document == document);
  return *entry;
}

std::uint32_t ShingleSetStore::set_size(std::uint32_t document) const {
  return find(document).set_size;
}

ShingleSetStore::View ShingleSetStore::get(std::uint32_t document, Buffer& buffer) const {
  const Entry& entry = find(document);
  const std::size_t words = entry.set_size + words_for_tokens(entry.token_count);
  const std::uint64_t* data = nullptr;
  if (entry.chunk == chunks_.size()) {
    data = open_.data() + entry.offset;
  } else if (const Chunk& chunk = chunks_[entry.chunk]; !chunk.words.empty()) {
    data = chunk.words.data() + entry.offset;
  } else {
    buffer.words.resize(words);
    file_.read(chunk.file_offset + entry.offset * sizeof(std::uint64_t),
               std::as_writable_bytes(std::span(buffer.words)));
    data = buffer.words.data();
  }
  return {{data, entry.set_size},
          {reinterpret_cast<const std::uint32_t*>(data + entry.set_size), entry.token_count}};
}

}  // namespace copydesk
