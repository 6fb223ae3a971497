// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/line_copies.h"

#include <algorithm>
#include <bit>
#include <span>

namespace copydesk {
namespace {

constexpr std::uint32_t kNearLines = 8;
constexpr unsigned kFewestWords = 3;  // shorter lines are counted, but not looked up again
constexpr unsigned kFewestWordsOfTitle = 4;
constexpr unsigned kMostWordsOfClosedTitle = 16;
constexpr unsigned kFewestWordsOfGapTitle = 3, kTimesLonger = 2;
constexpr std::size_t kFewestBehindRules = 2;
constexpr std::size_t kLinesOfGap = 3;  // at most one line of so many has a wide gap before it
constexpr unsigned kMostWordsOfByline = 6;
constexpr std::size_t kLinesOfList = 3;
constexpr std::ptrdiff_t kMostProseInHeader = 2;
constexpr std::uint32_t kMostWordsInHeader =
    20;  // of prose, below a line that says nothing of what follows
constexpr std::size_t kLinesSpokenFor = 2;
constexpr unsigned kFewestWordsOfBrief = 11;
constexpr std::uint32_t kLinesUnderHeadline = 3;
constexpr std::size_t kMostCopiesLookedAt = 8;    // on either side
constexpr unsigned kFewestWordsOfQuotation = 12;  // that is printed twice, and not said
constexpr std::size_t kFewestVerses = 6;
constexpr unsigned kMostWordsOfVerse = 12;

// Verse has refrains: hardly a line is longer than a verse, and no line is a copy then.
bool looks_like_verse(const std::vector<LineShape>& lines) {
  if (lines.size() < kFewestVerses) return false;
  std::size_t longer = 0, verses = 0;
  for (const LineShape& line : lines) {
    longer += line.words > kMostWordsOfVerse ? 1 : 0;
    verses += line.words >= kFewestWords && !line.is(kCreditLine | kMetaLine) ? 1 : 0;
  }
  return 20 * longer <= lines.size() && 4 * verses >= 3 * lines.size();
}

// Whether the lines above are short, and no blank line is between them.
bool is_list(const std::vector<LineShape>& lines, std::size_t end) {
  if (end < kLinesOfList) return false;
  for (std::size_t i = end - kLinesOfList; i < end; ++i) {
    if (lines[i].is(kSpeechLine) || lines[i].words > kMostWordsOfClosedTitle) return false;
    if (i + kLinesOfList > end && lines[i].is(kAfterBlank)) return false;
  }
  return true;
}

// A short line that ends in a full stop, but stands where headlines do: printed twice, in front of
// a date or a credit, or between lines that are no prose.
bool may_be_headline(const std::vector<LineShape>& lines, std::size_t at) {
  const LineShape& line = lines[at];
  if (line.words < kFewestWordsOfTitle || line.words > kMostWordsOfClosedTitle) return false;
  if (!line.is(kClosedLine) || line.is(kSpeechLine | kCreditLine | kMetaLine | kHeadLine))
    return false;
  if (line.is(kLaterCopy) || at + 1 >= lines.size()) return false;
  const LineShape& next = lines[at + 1];
  // Twice in a row are captions under a title, but where blank lines stand before both, behind
  // text.
  if (next.key == line.key) {
    return line.is(kAfterBlank) && next.is(kAfterBlank) &&
           (at == 0 || lines[at - 1].is(kClosedLine | kMetaLine));
  }
  if (line.is(kNearCopy)) return true;
  // Under a heading, with a blank line in front of both and behind them, it is what that heads.
  if (at > 0 && lines[at - 1].is(kAfterBlank) && !line.is(kAfterBlank) && next.is(kAfterBlank)) {
    return false;
  }
  if (next.is(kMetaLine | kCreditLine)) {
    // In a list of dates it is what is said of the one above: of a film, of a change.
    const auto is_dated = [&](std::size_t i) {
      return i < lines.size() && lines[i].is(kDatedLine);
    };
    const bool is_between = at > 0 && is_dated(at + 1) && is_dated(at - 1);
    return !is_between || !(is_dated(at + 3) || (at >= 3 && is_dated(at - 3)));
  }
  if (next.is(kClosedLine)) return false;
  // Behind a list of other headlines it stands alone, in front of a byline or label.
  if (line.is(kAfterBlank) && next.words <= kMostWordsOfByline && is_list(lines, at)) return true;
  const bool is_first = at == 0 || !lines[at - 1].is(kClosedLine);
  return is_first && next.is(kHeadLine | kLaterCopy | kNearCopy);
}

// Headlines that end in full stops, of a page in which nothing but a wide gap or a rule of signs
// stands in front of them: each alone between blank lines, before a longer line. Of those behind gaps one
// stands at the top.
std::vector<std::uint32_t> find_behind(const std::vector<LineShape>& lines, LineSign sign) {
  std::vector<std::uint32_t> found;
  const auto stands_alone = [&](std::size_t at) {
    if (at + 1 >= lines.size()) return false;
    const LineShape &line = lines[at], &next = lines[at + 1];
    return line.is(kClosedLine) && !line.is(kSpeechLine | kCreditLine | kMetaLine | kHeadLine) &&
           line.words >= kFewestWordsOfGapTitle && line.words <= kMostWordsOfClosedTitle &&
           next.is(kAfterBlank) && !next.is(kWideGap) && next.is(kProseLine) &&
           next.words >= kTimesLonger * line.words;
  };
  std::size_t signs = 0;
  for (std::uint32_t i = 1; i < lines.size(); ++i) {
    if (!lines[i].is(sign)) continue;
    ++signs;
    if (stands_alone(i)) found.push_back(i);
  }
  if (found.empty() || kLinesOfGap * signs > lines.size() || 2 * found.size() < signs) return {};
  if (sign == kAfterRule) return found.size() >= kFewestBehindRules ? found : std::vector<std::uint32_t>();
  if (!stands_alone(0)) return {};
  found.push_back(0);
  return found;
}

// Whether a term of four letters and more of a line stands in one of the first `count` lines of
// prose behind another.
bool speaks_for(const ShapedText& shaped, std::uint32_t line, std::uint32_t behind,
                std::size_t count) {
  const std::span<const std::uint32_t> own = shaped.terms_of(line);
  for (auto next = shaped.terms_from(behind + 1); next != shaped.of_lines.end() && count > 0;
       ++next) {
    if (!shaped.lines[next->line].is(kProseLine)) continue;
    --count;
    const auto there = shaped.terms_of(*next);
    for (const std::uint32_t term : own) {
      if ((term & kTermOfFour) == 0) continue;
      if (std::find(there.begin(), there.end(), term) != there.end()) return true;
    }
  }
  return false;
}

// "Q. May I bring a dog?": somebody says it, and it may not head anything.
bool is_turn(const LineShape& line) {
  return line.is(kSpeechLine) && !line.is(kHeadLine);
}

}  // namespace

void LineCopies::find(ShapedText& shaped) {
  repeats_.clear();
  by_line_.clear();
  is_verse_ = looks_like_verse(shaped.lines);
  if (is_verse_) return;
  collect(shaped);
  mark_near(shaped);
  std::vector<LineShape>& lines = shaped.lines;
  if (!repeats_.empty()) {
    by_line_.clear();
    for (std::size_t i = 0; i < repeats_.size(); ++i) {
      by_line_.emplace_back(repeats_[i].line, static_cast<std::uint32_t>(i));
    }
    std::sort(by_line_.begin(), by_line_.end());
  } else {
    by_line_.clear();
  }
  std::vector<bool> was_prose(repeats_.empty() ? 0 : lines.size());
  for (std::size_t i = 0; i < was_prose.size(); ++i) was_prose[i] = lines[i].is(kProseLine);
  const auto count = static_cast<std::uint32_t>(lines.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    LineShape& line = lines[i];
    const bool is_passage = line.is(kNearCopy) && is_in_passage(lines, was_prose, i);
    // The one sentence of a brief stands below its headline, or a byline, and above the next one.
    const auto is_text = [&] {
      if (!line.is(kProseLine) || line.words < kFewestWordsOfBrief) return false;
      const std::uint32_t first = i - std::min(i, kLinesUnderHeadline);
      for (std::uint32_t k = i; k-- > first && !lines[k].is(kProseLine);) {
        if (lines[k].is(kHeadLine) && lines[k].words >= kFewestWordsOfTitle &&
            speaks_for(shaped, k, k, 1)) {
          return true;
        }
      }
      return false;
    };
    if (!is_passage && may_be_headline(lines, i) && !is_text()) {
      line.signs = static_cast<std::uint16_t>((line.signs | kHeadLine) & ~kProseLine);
      continue;
    }
    if (!line.is(kProseLine)) continue;
    bool stays = true;
    if (line.is(kNearCopy) && line.words >= kFewestWordsOfTitle) {
      stays = is_passage;
    } else if (line.is(kQuestionLine) && !is_turn(line) && i + 1 < count) {
      stays = i > 0 && lines[i - 1].is(kProseLine) && lines[i + 1].is(kProseLine);
    }
    if (!stays) line.signs = static_cast<std::uint16_t>(line.signs & ~kProseLine);
  }
  for (const LineSign sign : {kWideGap, kAfterRule}) {
    for (const std::uint32_t line : find_behind(lines, sign)) {
      lines[line].signs = static_cast<std::uint16_t>((lines[line].signs | kHeadLine) & ~kProseLine);
    }
  }
  clear_headers(shaped);
}

// A line or two between two copies of a title or caption belong to the header: a caption printed
// once. Between two of "Read the whole story" stands a story.
void LineCopies::clear_headers(ShapedText& shaped) const {
  std::vector<LineShape>& lines = shaped.lines;
  for (std::size_t i = 1; i < repeats_.size(); ++i) {
    const Repeat &a = repeats_[i - 1], &b = repeats_[i];
    if (a.first != b.first || b.line - a.line > kNearLines) continue;
    const LineShape& copy = lines[a.line];
    if (copy.words < kFewestWordsOfTitle || copy.is(kProseLine | kSpeechLine)) continue;
    std::ptrdiff_t prose = 0;
    std::uint32_t words = 0, last_prose = a.line;
    for (std::uint32_t line = a.line + 1; line < b.line; ++line) {
      if (!lines[line].is(kProseLine)) continue;
      ++prose;
      words += lines[line].words;
      last_prose = line;
    }
    if (prose == 0 || prose > kMostProseInHeader) continue;
    bool is_story = false;
    for (std::uint32_t line = a.line + 1; line < last_prose && !is_story; ++line) {
      is_story = lines[line].is(kHeadLine) && !lines[line].is(kLaterCopy) &&
                 lines[line].words >= kFewestWordsOfTitle && speaks_for(shaped, line, line, 1);
    }
    if (is_story) continue;
    if (words > kMostWordsInHeader && !speaks_for(shaped, a.first, b.line, kLinesSpokenFor))
      continue;
    for (std::uint32_t line = a.line + 1; line < b.line; ++line) {
      lines[line].signs = static_cast<std::uint16_t>(lines[line].signs & ~kProseLine);
    }
  }
}

void LineCopies::collect(ShapedText& shaped) {
  std::vector<LineShape>& lines = shaped.lines;
  repeats_.clear();
  const std::size_t size = std::bit_ceil(lines.size() + lines.size() / 4 + 4);
  slots_.assign(size, 0);
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    // "I don't know," she said. may be said twice.
    if (lines[i].is(kSpeechLine) && lines[i].words < kFewestWordsOfQuotation) continue;
    std::size_t slot = lines[i].key & (size - 1);
    while (slots_[slot] != 0 && lines[slots_[slot] - 1].key != lines[i].key) {
      slot = (slot + 1) & (size - 1);
    }
    if (slots_[slot] == 0) {
      slots_[slot] = i + 1;
      continue;
    }
    const std::uint32_t first = slots_[slot] - 1;
    lines[i].signs |= kLaterCopy;
    if (lines[first].copies == 1 && lines[i].words >= kFewestWords) {
      repeats_.push_back({first, first});
    }
    if (lines[first].copies < 255) ++lines[first].copies;
    if (lines[i].words >= kFewestWords) repeats_.push_back({first, i});
  }
  std::sort(repeats_.begin(), repeats_.end());
  // Every copy says how many there are.
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].is(kLaterCopy)) continue;
    std::size_t slot = lines[i].key & (size - 1);
    while (lines[slots_[slot] - 1].key != lines[i].key) slot = (slot + 1) & (size - 1);
    lines[i].copies = lines[slots_[slot] - 1].copies;
  }
}

void LineCopies::mark_near(ShapedText& shaped) const {
  for (std::size_t i = 1; i < repeats_.size(); ++i) {
    const Repeat &a = repeats_[i - 1], &b = repeats_[i];
    if (a.first != b.first || b.line - a.line > kNearLines) continue;
    shaped.lines[a.line].signs |= kNearCopy;
    shaped.lines[b.line].signs |= kNearCopy;
  }
}

std::size_t LineCopies::place_of(std::uint32_t line) const {
  const auto found = std::lower_bound(by_line_.begin(), by_line_.end(),
                                      std::pair<std::uint32_t, std::uint32_t>(line, 0));
  if (found == by_line_.end() || found->first != line) return repeats_.size();
  return found->second;
}

// A copy two lines away or more whose neighbor, a different line of prose, is a copy as well.
bool LineCopies::is_in_passage(const std::vector<LineShape>& lines,
                               const std::vector<bool>& was_prose, std::uint32_t line) const {
  const std::size_t place = place_of(line);
  if (place == repeats_.size()) return false;
  const auto is_neighbor_copied = [&](std::uint32_t other) {
    for (const int step : {-1, 1}) {
      const std::int64_t a = std::int64_t{line} + step, b = std::int64_t{other} + step;
      const auto count = static_cast<std::int64_t>(lines.size());
      if (a < 0 || b < 0 || a >= count || b >= count || !was_prose[static_cast<std::size_t>(a)])
        continue;
      const std::uint64_t key = lines[static_cast<std::size_t>(a)].key;
      if (key == lines[static_cast<std::size_t>(b)].key && key != lines[line].key) return true;
    }
    return false;
  };
  const auto is_passage_at = [&](std::size_t other) {
    const std::uint32_t at = repeats_[other].line;
    const std::uint32_t distance = at > line ? at - line : line - at;
    return distance >= 2 && is_neighbor_copied(at);
  };
  for (std::size_t i = 1; i <= kMostCopiesLookedAt && i <= place; ++i) {
    if (repeats_[place - i].first != repeats_[place].first) break;
    if (is_passage_at(place - i)) return true;
  }
  for (std::size_t i = 1; i <= kMostCopiesLookedAt && place + i < repeats_.size(); ++i) {
    if (repeats_[place + i].first != repeats_[place].first) break;
    if (is_passage_at(place + i)) return true;
  }
  return false;
}

std::uint32_t LineCopies::last_copy(std::uint32_t line) const {
  const std::size_t place = place_of(line);
  if (place == repeats_.size()) return line;
  const auto end = std::upper_bound(
      repeats_.begin() + static_cast<std::ptrdiff_t>(place), repeats_.end(), repeats_[place].first,
      [](std::uint32_t first, const Repeat& repeat) { return first < repeat.first; });
  return (end - 1)->line;
}

}  // namespace copydesk
