#include "copydesk/verify/shingle_set_store.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace copydesk {

namespace {

// Entries are found by the group of their document, and in the group by bisection: over all of them
// that would be a walk through memory for each comparison.
constexpr std::uint32_t kGroupDocuments = 16;
constexpr std::size_t kChunkWords = std::size_t{1} << 19;  // 4 MiB

std::size_t words_for_tokens(std::size_t tokens) {
  return (tokens + 1) / 2;
}

}  // namespace

ShingleSetStore::ShingleSetStore(std::string folder, std::size_t memory_bytes)
    : memory_bytes_(memory_bytes), file_(std::move(folder)) {}

std::size_t ShingleSetStore::take(std::size_t words) {
  if (open_size_ > 0 && open_size_ + words > kChunkWords) close_chunk();
  if (!open_ || open_capacity_ < open_size_ + words) {
    open_capacity_ = std::max(kChunkWords, words);
    open_ = std::make_unique_for_overwrite<std::uint64_t[]>(open_capacity_);
  }
  const std::size_t place = open_size_;
  open_size_ += words;
  return place;
}

void ShingleSetStore::add(std::uint32_t document, std::span<const std::uint64_t> set,
                          std::span<const std::uint32_t> tokens) {
  assert(entries_.empty() || entries_.back().document < document);
  while (group_starts_.size() <= document / kGroupDocuments) {
    group_starts_.push_back(static_cast<std::uint32_t>(entries_.size()));
  }
  const std::size_t place = take(set.size() + words_for_tokens(tokens.size()));
  entries_.push_back({document, static_cast<std::uint32_t>(set.size()),
                      static_cast<std::uint32_t>(tokens.size()),
                      static_cast<std::uint32_t>(chunks_.size()), place});
  std::uint64_t* const words = std::copy(set.begin(), set.end(), open_.get() + place);
  if (!tokens.empty()) std::memcpy(words, tokens.data(), tokens.size_bytes());
}

void ShingleSetStore::close_chunk() {
  Chunk chunk;
  const std::span<const std::uint64_t> words{open_.get(), open_size_};
  if (memory_used_ + words.size_bytes() <= memory_bytes_) {
    memory_used_ += words.size_bytes();
    chunk.words = std::move(open_);
  } else {
    chunk.file_offset = file_.append(std::as_bytes(words));
  }
  chunks_.push_back(std::move(chunk));
  open_size_ = 0;
}

const ShingleSetStore::Entry& ShingleSetStore::find(std::uint32_t document) const {
  const std::size_t group = document / kGroupDocuments;
  assert(group < group_starts_.size());
  const auto begin = entries_.begin() + group_starts_[group];
  const auto end = group + 1 == group_starts_.size() ? entries_.end()
                                                     : entries_.begin() + group_starts_[group + 1];
  const auto entry =
      std::lower_bound(begin, end, document,
                       [](const Entry& e, std::uint32_t number) { return e.document < number; });
  assert(entry != entries_.end() && entry->document == document);
  return *entry;
}

std::uint32_t ShingleSetStore::set_size(std::uint32_t document) const {
  return find(document).set_size;
}

// The rest of a long set comes by itself once it is read from its beginning.
void ShingleSetStore::prefetch(std::uint32_t document) const {
  constexpr std::size_t kLineWords = 8;
  constexpr std::size_t kMostWords = 64 * kLineWords;
  const Entry& entry = find(document);
  const auto& chunk = entry.chunk == chunks_.size() ? open_ : chunks_[entry.chunk].words;
  if (!chunk) return;
  const std::size_t words = std::min<std::size_t>(entry.set_size, kMostWords);
  for (std::size_t word = 0; word < words; word += kLineWords) {
    __builtin_prefetch(chunk.get() + entry.offset + word);
  }
}

ShingleSetStore::View ShingleSetStore::get(std::uint32_t document, Buffer& buffer) const {
  const Entry& entry = find(document);
  const std::size_t words = entry.set_size + words_for_tokens(entry.token_count);
  const std::uint64_t* data = nullptr;
  const auto& chunk = entry.chunk == chunks_.size() ? open_ : chunks_[entry.chunk].words;
  if (chunk) {
    data = chunk.get() + entry.offset;
  } else {
    buffer.words.resize(words);
    file_.read(chunks_[entry.chunk].file_offset + entry.offset * sizeof(std::uint64_t),
               std::as_writable_bytes(std::span(buffer.words)));
    data = buffer.words.data();
  }
  return {{data, entry.set_size},
          {reinterpret_cast<const std::uint32_t*>(data + entry.set_size), entry.token_count}};
}

}  // namespace copydesk
