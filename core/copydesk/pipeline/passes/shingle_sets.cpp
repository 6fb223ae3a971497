// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/shingle_sets.h"

#include <algorithm>
#include <utility>

#include "copydesk/shingle/telling_length.h"

namespace copydesk {

void ShingleSetMaker::make(std::string_view text, TokenKind kind, std::vector<std::uint64_t>& set,
                           ShingleCounts& counts) {
  const std::size_t size = shingler_.options().size;
  stop_.check();
  shingler_.shingle(text, kind, shingled_);
  stop_.check();
  const std::span<const std::uint64_t> tokens = shingler_.token_hashes();
  counts.counts.clear(), counts.tokens.clear();
  counts.telling_length = static_cast<std::uint32_t>(telling_length(tokens, size));
  if (size < least_to_tell_ &&
      telling_length(tokens, std::min(least_to_tell_, tokens.size())) == 0) {
    counts.telling_length = 0;
  }
  counts.order_length = 0;
  if (shingler_.options().unit == ShingleUnit::kCharacter) {
    judge_by_words(text, kind, tokens.size(), counts);
  }
  stop_.check();
  if (counts.telling_length > 0 || counts.order_length > 0) take_low_halves(tokens, counts.tokens);
  if (counts.telling_length == 0) {
    std::swap(set, shingled_.shingles);
    return make_shingle_set(set);
  }
  set = shingled_.shingles;
  make_shingle_set(set);
  stop_.check();
  counts.counts = count_shingles(shingled_.shingles, set);
}

// Few characters make up every text. Whether it is one of few distinct tokens is told by its words,
// if there are any; and order by as many characters as the words have, on the average, that tell.
void ShingleSetMaker::judge_by_words(std::string_view text, TokenKind kind, std::size_t characters,
                                     ShingleCounts& counts) {
  if (tokenizer_.tokenize(text, kind, tokens_) == TokenUnit::kCharacter) return;
  const std::span<const std::uint64_t> words = tokens_.hashes;
  if (words.empty()) return;
  const std::size_t telling = std::max<std::size_t>(1, telling_length(words, 1));
  counts.order_length = static_cast<std::uint32_t>(telling * characters / words.size());
  if (telling_length(words, std::min(kWordsToTell, words.size())) == 0) {
    counts.telling_length = 0;
  }
}

// A shingler of words has them at hand.
void ShingleSetMaker::take_tokens(std::string_view text, TokenKind kind,
                                  std::vector<std::uint32_t>& tokens) {
  if (shingler_.options().unit == ShingleUnit::kWord) {
    return take_low_halves(shingler_.token_hashes(), tokens);
  }
  tokenizer_.tokenize(text, kind, tokens_);
  take_low_halves(tokens_.hashes, tokens);
}

}  // namespace copydesk
