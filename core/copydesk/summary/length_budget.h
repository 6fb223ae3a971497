#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How long an abstract may be. Several limits may be given at once; all of them hold. With at most
// 3 sentences and 60 words, a third sentence is taken only if the three have no more than 60 words
// together.

#include <cstddef>
#include <limits>

#include "copydesk/summary/sentence_features.h"

namespace copydesk {

struct BudgetOptions {
  static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();
  std::size_t sentences = kUnlimited;
  std::size_t words = kUnlimited;
  std::size_t characters = kUnlimited;  // code points of the abstract, separators included
  std::size_t bytes = kUnlimited;       // the same in UTF-8
  double ratio = 0.0;                   // of the words of the text, in (0, 1]; 0: no such limit
};

// What an abstract has used of its limits.
class LengthBudget {
 public:
  // `text_words` is what ratio refers to; a ratio allows at least one word. `separator` is the
  // number of bytes, all ASCII, between two sentences.
  LengthBudget(const BudgetOptions& options, std::size_t text_words, std::size_t separator);

  // Whether a sentence of that size still fits.
  [[nodiscard]] bool fits(const SentenceFeatures& features, std::size_t bytes) const;
  void take(const SentenceFeatures& features, std::size_t bytes);

  // No sentence at all fits any more.
  [[nodiscard]] bool is_spent() const;

  [[nodiscard]] std::size_t words_left() const { return words_; }
  [[nodiscard]] std::size_t characters_left() const { return characters_; }
  [[nodiscard]] std::size_t bytes_left() const { return bytes_; }
  [[nodiscard]] std::size_t sentences_left() const { return sentences_; }

 private:
  std::size_t sentences_, words_, characters_, bytes_;
  std::size_t separator_;
  std::size_t pending_ = 0;  // bytes of the separator in front of the next sentence
};

// What a text has, against which a budget is measured.
struct TextSize {
  std::size_t sentences = 0;  // that may be chosen
  std::size_t words = 0, characters = 0, bytes = 0;
};

// The share of the text that the tightest limit allows, in [0, 1]: 3 sentences of 30 are 0.1. 1 for
// an empty text.
[[nodiscard]] double budget_share(const BudgetOptions& options, const TextSize& text);

// The longest start of `sentence` that fits and ends at the end of a word; where not even the first
// word fits, that ends between two characters, as readers count them (text/grapheme_break.h). Empty
// only if no character fits.
[[nodiscard]] std::size_t cut_to_fit(std::string_view sentence, const LengthBudget& budget);

}  // namespace copydesk
