#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What of a text as a whole, and of the length its abstract may have, moves the weights of its
// sentences.

#include <span>

#include "copydesk/summary/length_budget.h"
#include "copydesk/summary/sentence_selection.h"

namespace copydesk {

struct TextShape {
  // How far the abstract is a shortened text rather than the news of it: 0 up to 12 % of the text,
  // 1 from half of it on.
  double turn = 0.0;
  // How far the text is talk, in which short remarks stand between those that say something: 0 if a
  // fifth of its sentences have fewer than 8 words, 1 if half of them do.
  double talk = 0.0;
  double mean_words = 0.0;  // of a sentence
};

// Of a text with these sentences; those that can neither vote nor be chosen do not count.
[[nodiscard]] TextShape shape_of(std::span<const Candidate> candidates,
                                 const BudgetOptions& budget);

// What turns `direction` by up to 1.5 downwards: 0.5 is -0.25 at half a turn.
[[nodiscard]] double direction_for(double direction, const TextShape& shape);

// For a sentence of that many words, by how much it gains (or loses, if it is shorter than the
// mean): up to 0.9 times the logarithm of how many times longer than the mean it is. 0 in short
// abstracts of prose.
[[nodiscard]] double extent_of(std::size_t words, const TextShape& shape);

}  // namespace copydesk
