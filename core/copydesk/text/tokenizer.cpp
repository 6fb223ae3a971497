// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/tokenizer.h"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/kernels/word_mask.h"
#include "copydesk/text/text_folder.h"
#include "copydesk/text/token_hash.h"

namespace copydesk {
namespace {

// Words of mask whose bounds are found at once: 4 KiB of text, so that bounds and text stay in the
// first-level cache.
constexpr std::size_t kBlockWords = 64;

std::uint64_t hash_token(const char* token, std::size_t size) {
  if (size <= kShortToken) [[likely]] {
    return hash_short_token(token, size);
  }
  return XXH3_64bits(token, size);
}

}  // namespace

// The word pass runs over the original first: it is the copy that ASCII texts need anyway, and tells
// on the way whether the text is one.
bool Tokenizer::fold_into_buffers(std::string_view text, OffsetMap* map) {
  if (folded_.size() < text.size() + kShortToken) folded_.resize(text.size() + kShortToken);
  mask_.resize(std::max(mask_.size(), word_mask_size(text.size())));
  folded_size_ = text.size();
  if (!word_mask(text.data(), text.size(), folded_.data(), mask_.data())) return false;

  folded_size_ = fold_text(text, folded_, map);
  mask_.resize(std::max(mask_.size(), word_mask_size(folded_size_)));
  word_mask(folded_.data(), folded_size_, folded_.data(), mask_.data());
  return true;
}

// Calls sink(bounds, count, base, open, is_open) for each block of 4 KiB of folded text...
template <class Sink>
void Tokenizer::for_each_bounds(Sink&& sink) {
  const std::size_t words = word_mask_size(folded_size_);
  bounds_.resize(word_bounds_capacity(kBlockWords));
  bool inside = false;
  std::size_t open = 0;
  for (std::size_t word = 0; word < words; word += kBlockWords) {
    const bool is_open = inside;
    const std::size_t count =
        word_bounds(mask_.data() + word, std::min(kBlockWords, words - word), inside, bounds_.data());
    const std::size_t base = word * 64;
    std::size_t i = 0;
    if (is_open && count > 0) sink(open, base + bounds_[i++]);
    for (; i + 1 < count; i += 2) sink(base + bounds_[i], base + bounds_[i + 1]);
    if (i < count) open = base + bounds_[i];
  }
}

void Tokenizer::tokenize(std::string_view text, TokenList& tokens) {
  tokens.hashes.clear();
  tokens.spans.clear();
  fold_into_buffers(text, nullptr);
  for_each_bounds([&](std::size_t begin, std::size_t end) {
    tokens.hashes.push_back(hash_token(folded_.data() + begin, end - begin));
  });
}

void Tokenizer::tokenize_with_spans(std::string_view text, TokenList& tokens) {
  tokens.hashes.clear();
  tokens.spans.clear();
  const bool is_mapped = fold_into_buffers(text, &offsets_);
  OffsetMap::Reader reader(offsets_);
  for_each_bounds([&](std::size_t begin, std::size_t end) {
    tokens.hashes.push_back(hash_token(folded_.data() + begin, end - begin));
    if (is_mapped) {
      const std::size_t from_begin = reader.begin_of(begin);
      tokens.spans.push_back({from_begin, reader.end_of(end)});
    } else {
      tokens.spans.push_back({begin, end});
    }
  });
}

std::string_view Tokenizer::fold(std::string_view text) {
  fold_into_buffers(text, nullptr);
  return folded();
}

}  // namespace copydesk
