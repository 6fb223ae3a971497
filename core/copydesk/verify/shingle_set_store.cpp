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

// An empty list may have no memory of its own, which memcpy must not be given.
void put(std::span<const std::uint32_t> values, std::uint64_t* out) {
  if (!values.empty()) std::memcpy(out, values.data(), values.size_bytes());
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
                          std::span<const std::uint32_t> tokens, const ShingleCounts& counts) {
  assert(entries_.empty() || entries_.back().document < document);
  while (group_starts_.size() <= document / kGroupDocuments) {
    group_starts_.push_back(static_cast<std::uint32_t>(entries_.size()));
  }
  const bool has_counts = counts.telling_length > 0 || counts.order_length > 0;
  const std::size_t plain = set.size() + words_for_tokens(tokens.size());
  const std::size_t counted = has_counts ? 2 + words_for_tokens(counts.counts.size()) +
                                               words_for_tokens(counts.tokens.size())
                                         : 0;
  const std::size_t place = take(plain + counted);
  Entry entry{};
  entry.document = document;
  entry.set_size = static_cast<std::uint32_t>(set.size());
  entry.token_count = static_cast<std::uint32_t>(tokens.size());
  entry.chunk = static_cast<std::uint32_t>(chunks_.size()) & 0x7FFFFFFFu;
  entry.has_counts = has_counts ? 1 : 0;
  entry.offset = place;
  entries_.push_back(entry);
  std::uint64_t* const words = std::copy(set.begin(), set.end(), open_.get() + place);
  put(tokens, words);
  if (!has_counts) return;
  std::uint64_t* out = open_.get() + place + plain;
  *out++ = std::uint64_t{counts.telling_length} << 32 | counts.order_length;
  *out++ = counts.tokens.size();
  put(counts.counts, out);
  out += words_for_tokens(counts.counts.size());
  put(counts.tokens, out);
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

const std::uint64_t* ShingleSetStore::load(const Entry& entry, std::size_t from, std::size_t words,
                                           std::vector<std::uint64_t>& buffer) const {
  const auto& chunk = entry.chunk == chunks_.size() ? open_ : chunks_[entry.chunk].words;
  if (chunk) return chunk.get() + entry.offset + from;
  buffer.resize(words);
  file_.read(chunks_[entry.chunk].file_offset + (entry.offset + from) * sizeof(std::uint64_t),
             std::as_writable_bytes(std::span(buffer)));
  return buffer.data();
}

ShingleSetStore::View ShingleSetStore::get(std::uint32_t document, Buffer& buffer) const {
  const Entry& entry = find(document);
  const std::size_t plain = entry.set_size + words_for_tokens(entry.token_count);
  const std::uint64_t* const data = load(entry, 0, plain, buffer.words);
  View view{{data, entry.set_size},
            {reinterpret_cast<const std::uint32_t*>(data + entry.set_size), entry.token_count},
            {}};
  view.counted.set = view.set;
  if (!entry.has_counts) return view;
  const std::uint64_t* const head = load(entry, plain, 2, buffer.counts);
  view.counted.telling_length = head[0] >> 32;
  view.counted.order_length = static_cast<std::uint32_t>(head[0]);
  const auto tokens = static_cast<std::size_t>(head[1]);
  const std::size_t counts = view.counted.telling_length > 0 ? entry.set_size : 0;
  const std::size_t count_words = words_for_tokens(counts);
  const std::uint64_t* const words =
      load(entry, plain + 2, count_words + words_for_tokens(tokens), buffer.counts);
  view.counted.counts = {reinterpret_cast<const std::uint32_t*>(words), counts};
  view.counted.tokens = {reinterpret_cast<const std::uint32_t*>(words + count_words), tokens};
  return view;
}

}  // namespace copydesk
