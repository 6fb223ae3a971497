// SPDX-License-Identifier: Apache-2.0
//
// Which line of a zone is the headline of what follows it.
#include <algorithm>

#include "copydesk/ascii.h"
#include "copydesk/stories/story_splitter.h"
#include "copydesk/text/line_ending.h"
#include "copydesk/text/line_label.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// Shares are of the headline's terms, by IDF.
constexpr unsigned kFewestWordsOfTitle = 4;
constexpr unsigned kMostWordsOfHeadline = 25;
constexpr unsigned kMostWordsOfByline = 6;
constexpr double kMuchOverlap = .4;
constexpr std::uint32_t kWordsBefore = 2;  // of the first sentence, before its title
constexpr std::size_t kMostWordsOfLabel = 3;
constexpr std::size_t kLinesOfRow = 4, kLongLinesOfRow = 3;
constexpr std::uint32_t kMostLinesAboveBody = 40;
constexpr double kTermsOfTitle = 12.0, kCostOfLine = .01, kLeastScore = .1;
constexpr std::size_t kQuestionsOfList = 2, kLinesOfList = 2;  // behind, and before, one of them

// Whether no four letters stand together: moves of a game, "1. e4 c5 2. Nf3 d6".
bool is_notation(std::string_view line) {
  constexpr std::size_t kFewestLetters = 4;
  std::size_t letters = 0;
  for (const char c : line) {
    letters = is_ascii_letter(c) || (c & 0x80) != 0 ? letters + 1 : 0;
    if (letters == kFewestLetters) return false;
  }
  return true;
}

// Whether signs stand between three parts of the line and more: "Home > News > City", "12 Row |
// Open today | 555 0101".
bool is_in_parts(std::string_view line) {
  constexpr std::size_t kFewestSigns = 2;
  constexpr std::string_view kFirstBytes = "|>/\xC2\xE2";
  std::size_t signs = 0;
  for (std::size_t at = line.find(' '); at != line.npos; at = line.find(' ', at + 1)) {
    const std::string_view rest = line.substr(at + 1);
    if (rest.empty() || kFirstBytes.find(rest.front()) == kFirstBytes.npos) continue;
    for (const std::string_view sign :
         {"| ", "> ", "/ ", "\u00B7 ", "\u2022 ", "\u203A ", "\u00BB ", "\u2192 "}) {
      signs += rest.starts_with(sign) ? 1 : 0;
    }
  }
  return signs >= kFewestSigns;
}

// "[22:41] No more trains", "9.30 The market opens".
bool begins_with_time(std::string_view line) {
  if (!line.empty() && (line.front() == '[' || line.front() == '(')) line.remove_prefix(1);
  std::size_t digits = 0;
  while (digits < line.size() && is_ascii_digit(line[digits])) ++digits;
  if (digits == 0 || digits > 2 || digits + 2 >= line.size()) return false;
  const char sign = line[digits];
  return (sign == ':' || sign == '.' || sign == 'h') && is_ascii_digit(line[digits + 1]) &&
         is_ascii_digit(line[digits + 2]);
}

// "Page 1 of 3  1 2 3 > Last »": half of its pieces and more have no letter.
bool is_of_numbers(std::string_view line) {
  std::size_t pieces = 0, bare = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view piece = line.substr(at, end - at);
    at = end + 1;
    if (piece.empty()) continue;
    ++pieces;
    bare += std::none_of(piece.begin(), piece.end(),
                         [](char c) { return is_ascii_letter(c) || (c & 0x80) != 0; });
  }
  return 2 * bare >= pieces;
}

// Whether the line stands in the middle of a column of 72 characters, far from both of its sides.
bool is_centered(std::string_view text, TextSpan line) {
  constexpr std::size_t kColumn = 72, kFewestSpaces = 8, kMostDifference = 6;
  const std::size_t before = line.begin - start_of_line(text, line.begin);
  const std::size_t end = before + count_characters(line.of(text));
  if (before < kFewestSpaces || end + kFewestSpaces > kColumn) return false;
  const std::size_t behind = kColumn - end;
  return before <= behind + kMostDifference && behind <= before + kMostDifference;
}

}  // namespace

// The line that speaks most for what follows it; of equal ones the last.
StorySplitter::Headline StorySplitter::find_headline(const ShapedText& shaped,
                                                     const LineCopies& copies, TextSpan zone,
                                                     std::size_t& at, bool with_numbers) const {
  Headline best;
  const bool has_blanks =
      zone.begin == 0 && std::any_of(shaped.lines.begin(),
                                     shaped.lines.begin() + static_cast<std::ptrdiff_t>(zone.end),
                                     [](const LineShape& line) { return line.is(kAfterBlank); });
  while (at < shaped.of_lines.size() && shaped.of_lines[at].line < zone.begin) ++at;
  for (; at < shaped.of_lines.size() && shaped.of_lines[at].line < zone.end; ++at) {
    const LineTerms& terms = shaped.of_lines[at];
    const LineShape& line = shaped.lines[terms.line];
    if (!line.is(kHeadLine) || line.is(kLaterCopy)) continue;
    if (zone.begin > 0 && !with_numbers && line.is(kNumberedLine)) continue;
    if (zone.begin > 0 && outline_.is_item(terms.line)) continue;
    if (outline_.is_no_title(terms.line) ||
        (line.is(kNumberedLine) && is_notation(trimmed_line(text_, line.begin).of(text_)))) {
      continue;
    }
    if (line.copies > 1 && copies.last_copy(terms.line) >= zone.end) continue;
    const LineShape& next = shaped.lines[terms.line + 1];
    Headline headline;
    headline.line = terms.line;
    headline.overlap = windows_.overlap(shaped.terms_of(terms));
    headline.score = headline.overlap.behind + .03 * std::min<int>(line.words, 10);
    if (line.copies > 1 && line.words >= kFewestWordsOfTitle) headline.score += .5;
    if (next.is(kAfterBlank | kMetaLine | kCreditLine)) headline.score += .1;
    if (next.is(kDatedLine) && !next.is(kAfterBlank)) headline.score += .2;
    if (line.is(kAfterBlank)) headline.score += .1;
    if (line.words <= kMostWordsOfByline && line.is(kCapitalsLine)) headline.score -= .3;
    if (line.words < kFewestWordsOfTitle) headline.score -= .2;
    const TextSpan span = trimmed_line(text_, line.begin);
    if (line.is(kNumberedLine) || is_in_parts(span.of(text_))) headline.score -= .5;
    if (is_of_numbers(span.of(text_)) || begins_with_time(span.of(text_))) headline.score -= .5;
    if (zone.begin == 0 && is_centered(text_, span)) headline.score += .6;
    if (has_blanks &&
        (is_listed(shaped, zone, terms.line) || is_in_row(shaped, zone, terms.line))) {
      headline.score -= .5;
    }
    if (line.is(kClosedLine) && !line.is(kQuestionLine)) headline.score -= .3;
    if (best.line == kNoLine || headline.score >= best.score) best = headline;
  }
  return best;
}

bool StorySplitter::may_be_series() const {
  std::uint64_t words = 0, longest = 0, of_section = 0;
  auto head = heads_.begin();
  for (std::size_t place = 0; place < prose_.size(); ++place) {
    if (head != heads_.end() && head->prose == place) {
      of_section = 0;
      ++head;
    }
    words += prose_[place].words;
    of_section += prose_[place].words;
    longest = std::max(longest, of_section);
  }
  return BriefStories::may_be_series(longest, words);
}

// Of what begins in a zone, `headline` is the best line but for the number of a section.
void StorySplitter::add_head(const ShapedText& shaped, const LineCopies& copies, TextSpan zone,
                             std::size_t at, Headline headline) {
  if (headline.line == kNoLine) headline = find_headline(shaped, copies, zone, at, true);
  if (headline.line == kNoLine || shaped.lines[headline.line].is(kMetaLine)) return;
  heads_.push_back({headline.line, static_cast<std::uint32_t>(windows_.place()), false});
}

// Entries of lists, and of a live report, which begin with their time, are no headlines of a
// series.
void StorySplitter::choose_heads(const ShapedText& shaped) {
  const auto is_none = [&](const HeadOfProse& head) {
    const TextSpan zone = zone_before(shaped, head.prose);
    const std::string_view line = trimmed_line(text_, shaped.lines[head.line].begin).of(text_);
    return (zone.begin > 0 && is_listed(shaped, zone, head.line)) || goes_on(line) ||
           begins_with_time(line);
  };
  heads_.erase(std::remove_if(heads_.begin(), heads_.end(), is_none), heads_.end());
  for (HeadOfProse& head : heads_) {
    const std::string_view line = trimmed_line(text_, shaped.lines[head.line].begin).of(text_);
    head.has_label = !find_line_label(line, kMostWordsOfLabel).name.empty();
  }
}

// Whether the first line of prose begins with the words of a line, but for two before them: "The
// Tolm Weir is a weir" under "Tolm Weir". Then that line is its title, short as it may be.
bool StorySplitter::opens_prose(const ShapedText& shaped, const LineTerms& terms) const {
  if (terms.count < 2 || prose_.empty()) return false;
  const ProseLine& first = prose_.front();
  const auto opening = std::span(shaped.terms)
                           .subspan(first.first, std::min(first.count, terms.count + kWordsBefore));
  const auto line = shaped.terms_of(terms);
  return std::all_of(line.begin(), line.end(), [&](std::uint32_t term) {
    return std::find(opening.begin(), opening.end(), prose_terms_.vocabulary().find(term)) !=
           opening.end();
  });
}

// Whether two questions and more stand directly in front of prose behind a line.
bool StorySplitter::asks_on(const ShapedText& shaped, std::size_t line) const {
  std::size_t questions = 0;
  for (std::size_t i = line; i + 1 < shaped.lines.size() && questions < kQuestionsOfList; ++i) {
    const bool is_asked = shaped.lines[i].is(kQuestionLine) && shaped.lines[i].is(kHeadLine);
    questions += is_asked && shaped.lines[i + 1].is(kProseLine) ? 1 : 0;
  }
  return questions == kQuestionsOfList;
}

// Whether a line is the third of short open ones, or a later one, without a blank line between, in
// a text that has such lines: an entry of a list.
bool StorySplitter::is_listed(const ShapedText& shaped, TextSpan zone, std::size_t line) const {
  std::size_t first = line;
  if (shaped.lines[line].words > kMostWordsOfByline) return false;
  while (first > zone.begin && line - first < kLinesOfList &&
         !shaped.lines[first].is(kAfterBlank)) {
    --first;
    const LineShape& above = shaped.lines[first];
    if (above.is(kClosedLine | kMetaLine) || above.words > kMostWordsOfByline) return false;
  }
  return line - first >= kLinesOfList;
}

// Whether a line stands in a row of long open lines, as the captions of a gallery and the dishes of
// a menu do: four and more without a blank line between, three of them of four words, and a
// headline that stands alone above.
bool StorySplitter::is_in_row(const ShapedText& shaped, TextSpan zone, std::size_t line) const {
  const auto is_open = [&](std::size_t i) {
    return !shaped.lines[i].is(kClosedLine | kMetaLine | kProseLine);
  };
  std::size_t first = line, end = line + 1;
  while (first > zone.begin && !shaped.lines[first].is(kAfterBlank) && is_open(first - 1)) --first;
  while (end < zone.end && !shaped.lines[end].is(kAfterBlank) && is_open(end)) ++end;
  if (end - first < kLinesOfRow || first == zone.begin) return false;
  if (end < shaped.lines.size() && !shaped.lines[end].is(kAfterBlank)) return false;
  std::size_t lengthy = 0;
  for (std::size_t i = first; i < end; ++i) {
    lengthy += shaped.lines[i].words >= kFewestWordsOfTitle ? 1 : 0;
  }
  if (lengthy < kLongLinesOfRow) return false;
  for (std::size_t i = zone.begin; i < first; ++i) {
    const LineShape& above = shaped.lines[i];
    const bool is_alone = (i == 0 || above.is(kAfterBlank)) && shaped.lines[i + 1].is(kAfterBlank);
    if (is_alone && above.is(kHeadLine) && !outline_.is_no_title(i)) return true;
  }
  return false;
}

// At the top of a page, where no headline speaks for the text, any open line may that does.
StorySplitter::Headline StorySplitter::find_first_headline(const ShapedText& shaped, TextSpan zone,
                                                           std::size_t end,
                                                           const Headline& best) const {
  const bool is_copied = best.line != kNoLine && shaped.lines[best.line].copies > 1;
  const auto usable = [&](const LineShape& line) {
    return !line.is(kLaterCopy | kClosedLine | kNoticeLine | kBracketedLine) &&
           line.words <= kMostWordsOfHeadline;
  };
  if (!is_copied) {
    for (std::size_t i = 0; i < end; ++i) {
      const LineTerms& terms = shaped.of_lines[i];
      if (usable(shaped.lines[terms.line]) && opens_prose(shaped, terms)) {
        return {terms.line, 1.0, {1.0, 0.0}};
      }
    }
  }
  if (best.line != kNoLine && !is_copied && shaped.lines[best.line].is(kQuestionLine) &&
      asks_on(shaped, zone.end)) {
    // The first of several questions and answers is no title of them all: that is the line above
    // it.
    if (best.line > 0) {
      const LineShape& above = shaped.lines[best.line - 1];
      if (above.is(kHeadLine) && !above.is(kQuestionLine | kMetaLine | kLaterCopy)) {
        return {best.line - 1, 1.0, {1.0, 0.0}};
      }
    }
    if (best.line == 0 && shaped.lines.front().is(kNumberedLine)) return {};
  }
  if (best.line != kNoLine && (best.overlap.behind >= kLittleOverlapOfTitle || is_copied))
    return best;
  for (std::size_t i = 0; i < end; ++i) {
    const LineTerms& terms = shaped.of_lines[i];
    const LineShape& line = shaped.lines[terms.line];
    if (!usable(line) || line.is(kHeadLine) || outline_.is_no_title(terms.line)) continue;
    const ProseWindows::Overlap overlap =
        windows_.overlap(shaped.terms_of(terms));
    if (overlap.behind >= kMuchOverlap) return {terms.line, overlap.behind, overlap};
  }
  // A line that is likely none and says nothing of the text is worse than no title.
  const bool is_unlikely =
      best.line != kNoLine &&
      (shaped.lines[best.line].is(kNumberedLine) ||
       is_in_parts(trimmed_line(text_, shaped.lines[best.line].begin).of(text_)));
  return is_unlikely ? Headline() : best;
}

std::uint32_t StorySplitter::title_before(const ShapedText& shaped, const Story& story,
                                          std::uint32_t body) {
  const auto behind = std::lower_bound(
      prose_.begin(), prose_.end(), body,
      [](const ProseLine& line, std::uint32_t number) { return line.line < number; });
  if (ends_.size() != prose_.size() || behind == prose_.end()) return story.title_line;
  windows_.start(prose_, shaped.terms, prose_terms_.vocabulary(), prose_terms_.lines_with(), ends_);
  windows_.move_to(static_cast<std::size_t>(behind - prose_.begin()));
  const std::uint32_t begin =
      std::max(story.begin_line, body - std::min(body, kMostLinesAboveBody));
  auto terms = shaped.terms_from(begin);
  std::uint32_t best = story.title_line;
  double best_score = kLeastScore;
  for (; terms != shaped.of_lines.end() && terms->line < body; ++terms) {
    const LineShape& line = shaped.lines[terms->line];
    const bool is_open = !line.is(kClosedLine | kNoticeLine | kBracketedLine | kProseLine);
    if (!is_open && !line.is(kHeadLine)) continue;
    if (outline_.is_item(terms->line)) continue;
    if (goes_on(trimmed_line(text_, line.begin).of(text_))) continue;
    const LineShape& next = shaped.lines[terms->line + 1];
    const double share =
        windows_.overlap(shaped.terms_of(*terms)).behind;
    // A label of a word or two has all of them in common soon, and says little.
    double score =
        share * std::min(1.0, terms->count / kTermsOfTitle) - kCostOfLine * (body - terms->line);
    if (next.is(kMetaLine | kCreditLine)) score += .1;
    if (score > best_score) {
      best = terms->line;
      best_score = score;
    }
  }
  return best;
}

}  // namespace copydesk
