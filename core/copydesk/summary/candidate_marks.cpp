// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/candidate_marks.h"

#include <algorithm>
#include <bit>

#include "copydesk/text/pieces.h"

namespace copydesk {
namespace {

constexpr std::size_t kFewestQuestions = 3;
constexpr std::size_t kSentencesOfEnd = 5;  // at most, where full stops are used

// Letters, the first of them small, and a sign of punctuation at most behind them.
bool is_small_word(std::string_view word) {
  const auto is_letter = [](char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || static_cast<unsigned char>(c) >= 0x80 || c == '\'';
  };
  if (word.size() > 1 && std::string_view(",;:!?").find(word.back()) != std::string_view::npos) {
    word.remove_suffix(1);
  }
  return !(word.front() >= 'A' && word.front() <= 'Z') &&
         std::all_of(word.begin(), word.end(), is_letter);
}

// Two of three words are such; no code, table or list of names is so.
bool is_of_small_words(std::string_view sentence) {
  std::size_t words = 0, small = 0;
  for_each_piece(sentence, [&](std::string_view word) {
    ++words;
    small += is_small_word(word) ? 1 : 0;
    return true;
  });
  return 3 * small >= 2 * words;
}

}  // namespace

void mark_weak(std::string_view text, std::uint32_t fewest_words, std::span<Candidate> candidates) {
  std::size_t whole = 0, ended = 0;
  for (Candidate& candidate : candidates) {
    const bool is_short = candidate.features.words < fewest_words;
    candidate.is_weak = is_short || candidate.features.lacks_end;
    if (is_short) continue;
    ++whole;
    ended += candidate.features.lacks_end ? 0 : 1;
  }
  // Where full stops are used, two thirds must be without: the first lines of messages in a log.
  const bool has_ends = kSentencesOfEnd * ended >= whole;
  if (has_ends && 3 * (whole - ended) < 2 * candidates.size()) return;
  std::vector<Candidate*> said;
  for (Candidate& candidate : candidates) {
    if (candidate.features.words >= fewest_words && candidate.features.lacks_end &&
        is_of_small_words(candidate.span.of(text))) {
      said.push_back(&candidate);
    }
  }
  // Of a table here and there a line is such.
  if ((has_ends ? 1.5 : 2.0) * static_cast<double>(said.size()) <
      static_cast<double>(candidates.size())) {
    return;
  }
  for (Candidate* const candidate : said) candidate->is_weak = false;
}

void mark_questions(std::span<const std::uint32_t> paragraphs, std::span<Candidate> candidates) {
  std::size_t questions = 0;
  for (std::size_t i = 0; i + 1 < candidates.size(); ++i) {
    candidates[i].asks_next = candidates[i].features.is_question &&
                              paragraphs[i] != paragraphs[i + 1] &&
                              (i == 0 || paragraphs[i - 1] != paragraphs[i]);
    questions += candidates[i].asks_next ? 1 : 0;
  }
  if (questions >= kFewestQuestions) return;
  for (Candidate& candidate : candidates) candidate.asks_next = false;
}

void mark_repeated(std::span<Candidate> candidates, std::vector<std::uint32_t>& slots) {
  const std::size_t size = std::bit_ceil(4 * candidates.size());
  slots.assign(size, 0);
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    std::size_t slot = (candidates[i].content ^ candidates[i].content >> 32) & (size - 1);
    while (slots[slot] != 0 && candidates[slots[slot] - 1].content != candidates[i].content) {
      slot = (slot + 1) & (size - 1);
    }
    if (slots[slot] == 0) {
      slots[slot] = i + 1;
    } else {
      candidates[i].is_repeated = true;
    }
  }
}

}  // namespace copydesk
