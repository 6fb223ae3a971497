#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the sentences of a text say of each other before any is ranked: which are headlines or
// fragments, which repeat another, which are questions that another answers.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/summary/sentence_selection.h"

namespace copydesk {

// Sets is_weak: of fewer than `fewest_words` words, or without a full stop. Where hardly a sentence
// has one, as in a chat, its lack says nothing of those that are made of words in small letters.
void mark_weak(std::string_view text, std::uint32_t fewest_words, std::span<Candidate> candidates);

// Sets asks_next, in a text of three such questions and more: questions and answers, an interview.
// One question is a figure of speech. REQUIRES: one paragraph a candidate, ascending.
void mark_questions(std::span<const std::uint32_t> paragraphs, std::span<Candidate> candidates);

// Sets is_repeated. Of what stands in a text twice, word by word, one copy counts: it votes, and
// may be taken. `slots` is for use again.
void mark_repeated(std::span<Candidate> candidates, std::vector<std::uint32_t>& slots);

}  // namespace copydesk
