#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The shingle sets by which documents of dedup and pairs, and paragraphs of blocks, are verified.
// Of "one two three four five six" and shingles of 5 words it is a set of two.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/shingle/shingler.h"
#include "copydesk/stop.h"
#include "copydesk/text/text_tokenizer.h"
#include "copydesk/verify/shingle_counts.h"

namespace copydesk {

// Texts to what verify_pairs() compares them by: their shingle sets and, of texts of few distinct
// tokens or shingled by characters, how often shingles occur. Reuses its buffers; one object per
// thread.
class ShingleSetMaker {
 public:
  // By shingles of 5 words, which no two texts have in common by chance, a text of few distinct
  // words is told where shingles are of characters, or so short that those of any text recur.
  static constexpr std::size_t kWordsToTell = 5;

  // Whether a text is one of few distinct tokens is told by shingles of at least `least_to_tell`
  // tokens. `stop` is asked within long texts. Throws Error{kInvalidOption} as Shingler does.
  explicit ShingleSetMaker(const ShingleOptions& shingles, StopFlag stop,
                           std::size_t least_to_tell = 0)
      : least_to_tell_(least_to_tell),
        stop_(stop),
        shingler_(shingles),
        tokenizer_(shingles.fold) {}

  // As Shingler::kind_of.
  [[nodiscard]] TokenKind kind_of(std::string_view tokens_field) const {
    return shingler_.kind_of(tokens_field);
  }

  // Replaces the contents of `set` and `counts`. REQUIRES: `text` is valid UTF-8.
  void make(std::string_view text, TokenKind kind, std::vector<std::uint64_t>& set,
            ShingleCounts& counts);

  // Of the text made last: low halves of the hashes of its words.
  void take_tokens(std::string_view text, TokenKind kind, std::vector<std::uint32_t>& tokens);
  // Of the text made last; without shingles.
  [[nodiscard]] const ShingledText& shingled() const { return shingled_; }

 private:
  void judge_by_words(std::string_view text, TokenKind kind, std::size_t characters,
                      ShingleCounts& counts);

  std::size_t least_to_tell_;
  StopFlag stop_;
  Shingler shingler_;
  ShingledText shingled_;
  TextTokenizer tokenizer_;
  TokenList tokens_;
};

}  // namespace copydesk
