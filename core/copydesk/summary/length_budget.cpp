// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/length_budget.h"

#include <algorithm>
#include <cmath>

#include "copydesk/text/grapheme_break.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

LengthBudget::LengthBudget(const BudgetOptions& options, std::size_t text_words,
                           std::size_t separator)
    : sentences_(options.sentences),
      words_(options.words),
      characters_(options.characters),
      bytes_(options.bytes),
      separator_(separator) {
  if (options.ratio > 0.0) {
    const auto share = static_cast<std::size_t>(
        std::floor(options.ratio * static_cast<double>(text_words) + 1e-9));
    words_ = std::min(words_, std::max<std::size_t>(share, 1));
  }
}

bool LengthBudget::fits(const SentenceFeatures& features, std::size_t bytes) const {
  return sentences_ > 0 && features.words <= words_ &&
         features.characters + pending_ <= characters_ && bytes + pending_ <= bytes_;
}

void LengthBudget::take(const SentenceFeatures& features, std::size_t bytes) {
  const auto spend = [](std::size_t& left, std::size_t amount) {
    if (left != BudgetOptions::kUnlimited) left -= amount;
  };
  spend(sentences_, 1);
  spend(words_, features.words);
  spend(characters_, features.characters + pending_);
  spend(bytes_, bytes + pending_);
  pending_ = separator_;
}

bool LengthBudget::is_spent() const {
  return sentences_ == 0 || words_ == 0 || characters_ <= pending_ || bytes_ <= pending_;
}

double budget_share(const BudgetOptions& options, const TextSize& text) {
  double share = options.ratio > 0.0 ? std::min(options.ratio, 1.0) : 1.0;
  const auto limit = [&share](std::size_t most, std::size_t all) {
    if (most < all) share = std::min(share, static_cast<double>(most) / static_cast<double>(all));
  };
  limit(options.sentences, text.sentences);
  limit(options.words, text.words);
  limit(options.characters, text.characters);
  limit(options.bytes, text.bytes);
  return share;
}

std::size_t cut_to_fit(std::string_view sentence, const LengthBudget& budget) {
  if (budget.is_spent()) return 0;
  // Ends of words: tokens, each with the marks that follow it up to the next white space.
  Tokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize_with_spans(sentence, tokens);
  const auto fits = [&](std::size_t end) {
    const std::string_view start = sentence.substr(0, end);
    const auto inside = std::count_if(tokens.spans.begin(), tokens.spans.end(),
                                      [&](const TextSpan& span) { return span.begin < end; });
    return budget.fits(find_features(start, static_cast<std::uint32_t>(inside)), end);
  };
  // What fits is a prefix-closed set, so the longest is found by bisection.
  std::size_t low = 0, high = tokens.spans.size();
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (fits(tokens.spans[middle - 1].end)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  if (low > 0) {
    const std::size_t whole = grapheme_floor(sentence, tokens.spans[low - 1].end);
    if (whole > 0) return whole;
  }
  std::size_t end = 0;
  while (end < sentence.size()) {
    const std::size_t next = next_grapheme(sentence, end);
    if (!fits(next)) break;
    end = next;
  }
  return end;
}

}  // namespace copydesk
