// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/text_shape.h"

#include <algorithm>
#include <cmath>

namespace copydesk {
namespace {

constexpr double kNews = 0.12, kHalf = 0.5;       // shares of the text
constexpr std::uint32_t kFewWords = 8;            // of a remark
constexpr double kFewRemarks = 0.2, kTalk = 0.5;  // shares of the sentences
constexpr double kTurn = 1.5;                     // of the direction
constexpr double kExtentOfTurn = 0.5, kExtentOfTalk = 0.4;
constexpr double kLongest = 30.0;  // words: longer sentences gain no more

}  // namespace

TextShape shape_of(std::span<const Candidate> candidates, const BudgetOptions& budget) {
  TextSize good;
  std::size_t sentences = 0, remarks = 0;
  for (const Candidate& candidate : candidates) {
    if (candidate.is_excluded || candidate.is_repeated) continue;
    const SentenceFeatures& features = candidate.features;
    good.sentences += candidate.is_weak || features.is_unbalanced ? 0 : 1;
    good.words += features.words;
    good.characters += features.characters + 1;
    good.bytes += candidate.span.size() + 1;
    ++sentences;
    remarks += features.words < kFewWords ? 1 : 0;
  }
  TextShape shape;
  if (sentences == 0) return shape;
  const auto count = static_cast<double>(sentences);
  const double share = static_cast<double>(remarks) / count;
  shape.turn = std::clamp((budget_share(budget, good) - kNews) / (kHalf - kNews), 0.0, 1.0);
  shape.talk = std::clamp((share - kFewRemarks) / (kTalk - kFewRemarks), 0.0, 1.0);
  shape.mean_words = std::max(1.0, static_cast<double>(good.words) / count);
  return shape;
}

// Readers who may keep three sentences of a story want what the rest elaborates. Who keeps half of
// it leaves out what hangs together with nothing, on either side. Of the schedules tried on
// articles with human highlights (which want the first at every length) and on extracts of 43 % of
// the words (which want the second), this has the best extracts at a loss of 0.2 ROUGE-1 on the
// highlights.
double direction_for(double direction, const TextShape& shape) {
  return direction - kTurn * shape.turn;
}

// Highlights are short, so length counts against a sentence; in extracts, and where people talk, it
// speaks for one: "Are there any further questions?" is typical of its text, and says nothing.
double extent_of(std::size_t words, const TextShape& shape) {
  const double weight = kExtentOfTurn * shape.turn * shape.turn + kExtentOfTalk * shape.talk;
  if (weight == 0.0) return 0.0;
  const double counted = std::clamp(static_cast<double>(words), 1.0, kLongest);
  return weight * std::log(counted / shape.mean_words);
}

}  // namespace copydesk
