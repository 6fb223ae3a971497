// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/tokenizer.h"

#include <algorithm>
#include <bit>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/kernels/token_hash.h"
#include "copydesk/kernels/word_hash.h"
#include "copydesk/kernels/word_mask.h"
#include "copydesk/text/fold_tables.h"
#include "copydesk/text/text_folder.h"

namespace copydesk {
namespace {

// Words of mask whose bounds are found at once: 4 KiB of text, so that bounds and text stay in the
// first-level cache.
constexpr std::size_t kBlockWords = 64;

// What to expect of words that stand in so many bytes, separators included.
WordLength usual_length(std::size_t bytes, std::size_t words) {
  constexpr std::size_t kTinyMean = 5;
  constexpr std::size_t kShortMean = 9;
  if (bytes <= words * kTinyMean) return WordLength::kMostlyTiny;
  return bytes <= words * kShortMean ? WordLength::kMostlyShort : WordLength::kMostlyLong;
}

// How often a run of set bits begins: as many words as there are.
std::size_t count_words(const std::uint64_t* mask, std::size_t words) {
  std::size_t count = 0;
  std::uint64_t before = 0;  // the last bit of the word before
  for (std::size_t i = 0; i < words; ++i) {
    count += static_cast<std::size_t>(std::popcount(mask[i] & ~(mask[i] << 1 | before)));
    before = mask[i] >> 63;
  }
  return count;
}

// Of the token that does not end in the block where it began.
std::uint64_t hash_token(const char* token, std::size_t size) {
  return size <= kMiddleToken ? hash_middle_token(token, size) : XXH3_64bits(token, size);
}

}  // namespace

void take_low_halves(std::span<const std::uint64_t> hashes, std::vector<std::uint32_t>& out) {
  out.resize(hashes.size());
  std::transform(hashes.begin(), hashes.end(), out.begin(),
                 [](std::uint64_t hash) { return static_cast<std::uint32_t>(hash); });
}

Tokenizer::Tokenizer(const FoldOptions& fold) : tables_(&fold_tables(fold)) {}

// The word pass runs over the original first: it is the copy that ASCII texts need anyway, and
// tells on the way whether the text is one.
bool Tokenizer::fold_into_buffers(std::string_view text, OffsetMap* map) {
  if (folded_.size() < text.size() + kMiddleToken) folded_.resize(text.size() + kMiddleToken);
  mask_.resize(std::max(mask_.size(), word_mask_size(text.size())));
  folded_size_ = text.size();
  if (ascii_word_mask(text.data(), text.size(), folded_.data(), mask_.data())) return false;

  folded_size_ = fold_text(text, *tables_, folded_, map);
  mask_.resize(std::max(mask_.size(), word_mask_size(folded_size_)));
  word_mask(folded_.data(), folded_size_, folded_.data(), mask_.data());
  return true;
}

void Tokenizer::hash_tokens(TokenList& tokens, bool with_spans) {
  const char* const text = folded_.data();
  const std::size_t words = word_mask_size(folded_size_);
  bounds_.resize(positions_capacity(kBlockWords) + 1);
  // A list that grows while it is filled takes twice its size: a long text is counted before.
  constexpr std::size_t kWordsOfLongText = (std::size_t{1} << 20) / 64;
  if (words > kWordsOfLongText) {
    const std::size_t most = count_words(mask_.data(), words);
    tokens.hashes.reserve(most);
    if (with_spans) tokens.spans.reserve(most);
  }
  std::size_t count = 0;
  std::size_t open = 0;  // where a token began that ends in a later block
  bool inside = false;
  for (std::size_t word = 0; word < words; word += kBlockWords) {
    const char* const block = text + word * 64;
    const bool is_open = inside;
    const std::size_t block_words = std::min(kBlockWords, words - word);
    const std::size_t bounds =
        word_bounds(mask_.data() + word, block_words, inside, bounds_.data());
    if (bounds == 0) continue;
    const std::size_t first = is_open ? 1 : 0;
    const std::size_t whole = (bounds - first) / 2;
    const std::size_t most = count + first + whole;
    if (tokens.hashes.size() < most) tokens.hashes.resize(most);
    if (with_spans && tokens.spans.size() < most) tokens.spans.resize(most);
    if (is_open) {
      const std::size_t end = word * 64 + bounds_[0];
      if (with_spans) tokens.spans[count] = {open, end};
      tokens.hashes[count++] = hash_token(text + open, end - open);
    }
    const std::uint16_t* bound = bounds_.data() + first;
    std::uint64_t* out = tokens.hashes.data() + count;
    hash_words(block, bound, whole, usual_length(block_words * 64, whole), out);
    if (with_spans) {
      TextSpan* const spans = tokens.spans.data() + count;
      const std::size_t base = word * 64;
      for (std::size_t i = 0; i < whole; ++i) {
        spans[i] = {base + bound[2 * i], base + bound[2 * i + 1]};
      }
    }
    count += whole;
    if (inside) open = word * 64 + bounds_[bounds - 1];
  }
  tokens.hashes.resize(count);
  if (with_spans) tokens.spans.resize(count);
}

void Tokenizer::tokenize(std::string_view text, TokenList& tokens) {
  tokens.spans.clear();
  fold_into_buffers(text, nullptr);
  hash_tokens(tokens, false);
}

void Tokenizer::tokenize_with_spans(std::string_view text, TokenList& tokens) {
  const bool is_mapped = fold_into_buffers(text, &offsets_);
  hash_tokens(tokens, true);
  if (!is_mapped) return;
  OffsetMap::Reader reader(offsets_);
  for (TextSpan& span : tokens.spans) {
    const std::size_t begin = reader.begin_of(span.begin);
    span = {begin, reader.end_of(span.end)};
  }
}

std::string_view Tokenizer::fold(std::string_view text) {
  fold_into_buffers(text, nullptr);
  return folded();
}

}  // namespace copydesk
