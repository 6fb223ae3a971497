// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/story_body.h"

#include <algorithm>
#include <cmath>

namespace copydesk {
namespace {

constexpr std::size_t kFewestLines = 6;  // of prose; of a shorter story every one is text
constexpr double kMostTies = 8.0;        // a line with so many is no stranger anywhere
constexpr double kShareOfTies = .2;      // of the story's median
constexpr double kWordsOfTies = 10.0;
constexpr double kNoTies = -1.0;
constexpr unsigned kFewestWordsOfNeighbor = 18;
constexpr unsigned kFewestWordsOfLast = 4;
constexpr unsigned kFewestWordsOfLead = 12;
constexpr double kTiesOfLead = .5;  // of the median
constexpr std::size_t kMostCaptions = 3;
constexpr unsigned kMostWordsOfCaption = 14;
constexpr double kTiesOfCaption = .6;  // of the median
constexpr unsigned kMostWordsOfLabel = 3;
constexpr unsigned kFewestCopiesOfLabel = 3;
constexpr double kLabelCost = 4.0;
constexpr double kSpeechValue = .1;  // of what somebody says, short as it may be
constexpr double kLineCost = 7.5, kStrangerCost = 5.0, kOpenFactor = .7, kMostWords = 30.0;

// Lines that are no text wherever they stand.
bool is_aside(const LineShape& line) {
  if (line.is(kLaterCopy | kCreditLine | kMetaLine)) return true;
  const bool is_label = line.words <= kMostWordsOfLabel && line.copies >= kFewestCopiesOfLabel;
  if (is_label && !line.is(kClosedLine)) return true;
  return line.is(kNearCopy) && line.words >= 4 && !line.is(kProseLine);
}

}  // namespace

// How much a line has in common with the others: the sum of ln((n + 1) / lines with the term) over
// its terms that others have, too; of a short line more, as if it had the words for it.
void StoryBody::find_ties(const ShapedText& shaped, std::span<const ProseLine> prose,
                          std::size_t vocabulary) {
  if (lines_with_.size() < vocabulary) lines_with_.resize(vocabulary, 0);
  if (logarithms_.empty()) logarithms_.push_back(0.0);
  while (logarithms_.size() < prose.size() + 2) {
    logarithms_.push_back(std::log(static_cast<double>(logarithms_.size())));
  }
  const auto terms_of = [&](const ProseLine& line) {
    return std::span(shaped.terms).subspan(line.first, line.several);
  };
  for (const ProseLine& line : prose) {
    for (const std::uint32_t term : terms_of(line)) ++lines_with_[term];
  }
  ties_.clear();
  // By the number of lines with a term; of a term of one line, which nothing predicts, 0.
  weights_.assign(prose.size() + 1, 0.0);
  for (std::size_t lines = 2; lines <= prose.size(); ++lines) {
    weights_[lines] = logarithms_[prose.size() + 1] - logarithms_[lines];
  }
  for (const ProseLine& line : prose) {
    double sum = 0.0;
    for (const std::uint32_t term : terms_of(line)) sum += weights_[lines_with_[term]];
    ties_.push_back(sum * std::max(1.0, kWordsOfTies / std::max<double>(line.words, 1.0)));
  }
  for (const ProseLine& line : prose) {
    for (const std::uint32_t term : terms_of(line)) lines_with_[term] = 0;
  }
  sorted_ = ties_;
  const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 2);
  std::nth_element(sorted_.begin(), middle, sorted_.end());
  middle_ties_ = *middle;
  least_ties_ = std::min(kMostTies, kShareOfTies * middle_ties_);
}

// A caption without its credit is prose by its shape: "Ann Lee speaks to reporters." It stands at
// the top, is short, and, though it names what the story is about, has less in common with it.
void StoryBody::find_captions(std::span<const ProseLine> prose) {
  for (std::size_t i = 0; i < std::min(kMostCaptions, prose.size()); ++i) {
    if (prose[i].words > kMostWordsOfCaption || ties_[i] >= kTiesOfCaption * middle_ties_) return;
    ties_[i] = kNoTies;
  }
}

// A long line right below one of the text is text, whatever its words: the last thing there is to
// say of somebody.
void StoryBody::keep_neighbors(std::span<const ProseLine> prose) {
  for (std::size_t i = prose.size() - 1; i > 0; --i) {
    const bool is_stranger = ties_[i] >= 0.0 && ties_[i] < least_ties_;
    if (!is_stranger || prose[i].words < kFewestWordsOfNeighbor) continue;
    if (prose[i].line == prose[i - 1].line + 1 && ties_[i - 1] >= least_ties_) ties_[i] = least_ties_;
  }
}

void StoryBody::find(const ShapedText& shaped, const Story& story, std::span<const ProseLine> prose,
                     std::size_t vocabulary, std::vector<std::uint8_t>& is_body) {
  const std::vector<LineShape>& lines = shaped.lines;
  auto of_story = prose.subspan(story.begin_prose, story.end_prose - story.begin_prose);
  if (story.title_line != kNoLine) {  // A notice above the title is no text.
    while (!of_story.empty() && of_story.front().line < story.title_line) {
      of_story = of_story.subspan(1);
    }
  }
  std::fill(is_body.begin() + story.begin_line, is_body.begin() + story.end_line, std::uint8_t{0});
  if (of_story.empty()) {
    for (std::uint32_t i = story.begin_line; i < story.end_line; ++i) {
      is_body[i] = i != story.title_line && !is_aside(lines[i]);
    }
    return;
  }
  std::uint32_t begin = of_story.front().line, end = of_story.back().line + 1;
  const bool is_long = of_story.size() >= kFewestLines;
  if (is_long) {
    find_ties(shaped, of_story, vocabulary);
    find_captions(of_story);
    keep_neighbors(of_story);
    double sum = 0.0, best = 0.0;
    std::uint32_t run_begin = begin, best_begin = begin, best_end = end;
    std::size_t next = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
      const double words = std::min<double>(lines[i].words, kMostWords);
      double value = 0.0;
      if (next < of_story.size() && of_story[next].line == i) {
        value = ties_[next] >= least_ties_ ? words - kLineCost : -kStrangerCost;
        ++next;
      } else if (!lines[i].is(kLaterCopy)) {
        value = std::min(0.0, kOpenFactor * words - kLineCost);
        if (lines[i].is(kDatedLine) || lines[i].words < 3) value = std::max(value, -kLabelCost);
        if (lines[i].is(kSpeechLine)) value = kSpeechValue;
      }
      if (sum <= 0.0) {
        sum = 0.0;
        run_begin = i;
      }
      sum += value;
      if (sum > best) {
        best = sum;
        best_begin = run_begin;
        best_end = i + 1;
      }
    }
    // A story whose lines have nothing in common is all text.
    const bool has_run = best > 0.0;
    if (has_run) {
      begin = best_begin;
      end = best_end;
    } else {
      std::fill(ties_.begin(), ties_.end(), least_ties_);
    }
  }
  // A short last sentence is no prose by its shape.
  while (end < story.end_line && lines[end].is(kClosedLine) &&
         (lines[end].is(kHeadLine) || lines[end].words >= kFewestWordsOfLast) &&
         !lines[end].is(kQuestionLine) && !is_aside(lines[end])) {
    ++end;
  }
  // A list between the opening and the rest may have ended the run: a recipe's ingredients, a table
  // of contents. Long lines of prose before it that have as much in common with the rest are text.
  const auto is_lead = [&](std::size_t i) {
    return of_story[i].words >= kFewestWordsOfLead && ties_[i] >= kTiesOfLead * middle_ties_;
  };
  // The first of several questions stands above its answer.
  const std::uint32_t first = of_story.front().line;
  if (begin == first && first > story.begin_line && story.title_line + 1 < first &&
      lines[first - 1].is(kQuestionLine) && !is_aside(lines[first - 1])) {
    is_body[first - 1] = 1;
  }
  std::size_t next = 0;
  for (std::uint32_t i = first; i < end; ++i) {
    const bool is_prose = next < of_story.size() && of_story[next].line == i;
    const std::size_t place = next;
    next += is_prose ? 1 : 0;
    if (is_prose && is_long && ties_[place] < least_ties_) continue;  // a stranger
    if (i < begin && !(is_prose && is_lead(place))) continue;
    is_body[i] = i != story.title_line && (is_prose || !is_aside(lines[i]));
  }
}

}  // namespace copydesk
