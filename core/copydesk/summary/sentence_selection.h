#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From scored sentences to an abstract: fills the budget in the order of the scores, passing over
// what does not fit, and keeps out what reads badly.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/stop.h"
#include "copydesk/summary/length_budget.h"
#include "copydesk/summary/sentence_features.h"

namespace copydesk {

// What became of a sentence.
enum class Verdict : std::uint8_t {
  kChosen,
  kCut,          // chosen, but only its beginning fits
  kBudgetSpent,  // nothing more was needed
  kTooLong,      // does not fit what was left
  kDangling,     // hangs in the air: leans on a sentence that was not chosen
  kFragment,     // headline, byline, fragment: whole sentences were to be had
  kUnbalanced,   // holds one half of a pair of quotation marks or brackets
  kRepeated,     // the same words stand further up in the text
  kKnown,        // stands in the earlier version (update abstracts)
  kExcluded,     // repeated block, caption or the like: the caller ruled it out
};

// "chosen", "cut", "budget spent", ...
[[nodiscard]] std::string_view to_string(Verdict verdict);

// Whether the sentence, or its beginning, is in the abstract.
[[nodiscard]] constexpr bool is_chosen(Verdict verdict) {
  return verdict == Verdict::kChosen || verdict == Verdict::kCut;
}

struct Candidate {
  double score = 0.0;
  TextSpan span;
  SentenceFeatures features;
  std::uint64_t content = 0;  // hash of its tokens: equal for sentences with the same words
  bool is_weak = false;       // headline, fragment: taken only where there is nothing better
  bool is_excluded = false;
  bool is_repeated = false;  // the same words stand further up in the same text
  bool is_known = false;
  // One of several questions that are paragraphs of their own: nothing without the next sentence, be
  // it the answer or another question. Not of the last sentence.
  bool asks_next = false;
  bool is_required = false;  // taken first, if it fits; even if it hangs in the air
};

struct SelectionOptions {
  BudgetOptions budget;
  std::size_t separator_bytes = 1;
  bool avoid_dangling = true;
  // Maximal marginal relevance [Carbonell & Goldstein 1998]: relevance counts mmr, similarity to
  // what was chosen 1 - mmr. In (0, 1]; 1: off. Relevance is scaled to [0, 1].
  double mmr = 1.0;
  // Taken off the score of a sentence, times what Companions::overlap says. At least 0; 0: off.
  double novelty = 0.0;
};

// What a sentence has in common with others. Each is asked only where its option is on.
struct Companions {
  // For mmr: out[j] = how alike sentences i and first + j are, in [0, 1].
  std::function<void(std::size_t i, std::size_t first, std::span<double> out)> similarity;
  // For novelty: how much of a sentence the ones chosen so far have. At least 0, and it must not
  // fall when more are chosen. `choose` tells which is.
  std::function<double(std::size_t)> overlap;
  std::function<void(std::size_t)> choose;
};

struct Selection {
  std::vector<Verdict> verdicts;  // one for each candidate
  // What novelty took off: of a chosen sentence when it was, of others when they were last
  // considered. Empty if it is off.
  std::vector<double> overlaps;
  TextSpan cut;  // what is left of the sentence with kCut
};

// How far apart, in sentences, two may stand for mmr to compare them, and how many in a row that
// lean on each other come in together: a text of up to so many sentences is compared as a whole.
inline constexpr std::size_t kFarthestCompared = 2000;
inline constexpr std::size_t kLongestChain = 2000;

// Ties go to the earlier sentence. The result is not empty if any candidate has a word and one
// character fits, unless all are excluded or known. Time: n log n, and with mmr 2 *
// kFarthestCompared comparisons for each sentence that is chosen.
void select_sentences(std::string_view text, std::span<const Candidate> candidates,
                      const SelectionOptions& options, const Companions& companions, StopFlag stop,
                      Selection& selection);

}  // namespace copydesk
