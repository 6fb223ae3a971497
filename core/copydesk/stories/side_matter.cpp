// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/side_matter.h"

#include <algorithm>
#include <cstddef>

#include "copydesk/ascii.h"

namespace copydesk {
namespace {

// Shares are of the words of the longest story.
constexpr double kShareOfNone = .03;      // whatever it is
constexpr double kShareOfLoneLines = .2;  // no two lines of prose follow each other
constexpr std::size_t kFewestOthersOfLone = 6;  // lines, and no prose
constexpr double kShareOfList = .5;
constexpr std::size_t kFewestOthersOfList = 9, kTimesMoreOthers = 3;

// What sites must say of them has their name in most languages.
constexpr std::string_view kCookies = "cookies";
constexpr double kShareOfCookies = .3;

// From its title, or its first line of prose, to the last one.
struct Part {
  double words = 0.0;                 // of prose
  std::size_t prose = 0, others = 0;  // lines
  bool has_run = false;               // two lines of prose follow each other
};

bool has_cookies(std::string_view line) {
  const auto at = std::search(line.begin(), line.end(), kCookies.begin(), kCookies.end(),
                              [](char a, char b) { return to_ascii_lower(a) == b; });
  return at != line.end();
}

Part part_of(const ShapedText& shaped, std::span<const ProseLine> prose, const Story& story) {
  Part part;
  std::uint32_t first = kNoLine, last = kNoLine;
  for (const ProseLine& line : prose) {
    // A menu in one line is prose by its length.
    if (!shaped.lines[line.line].is(kClosedLine)) continue;
    part.words += line.words;
    part.has_run |= last != kNoLine && line.line == last + 1;
    ++part.prose;
    if (first == kNoLine) first = line.line;
    last = line.line;
  }
  if (part.prose > 0) part.others = last + 1 - std::min(story.title_line, first) - part.prose;
  return part;
}

bool speaks_of_cookies(std::string_view text, const ShapedText& shaped,
                       std::span<const ProseLine> prose) {
  return std::any_of(prose.begin(), prose.end(), [&](const ProseLine& line) {
    return shaped.lines[line.line].is(kClosedLine) &&
           has_cookies(trimmed_line(text, shaped.lines[line.line].begin).of(text));
  });
}

bool is_none(const Part& part, double most_words) {
  const double share = part.words / most_words;
  const bool is_lone = !part.has_run && part.others >= kFewestOthersOfLone;
  const bool is_list =
      part.others >= kFewestOthersOfList && part.others > kTimesMoreOthers * part.prose;
  return share < kShareOfNone || (share < kShareOfLoneLines && is_lone) ||
         (share < kShareOfList && is_list);
}

}  // namespace

void find_side_matter(std::string_view text, const ShapedText& shaped,
                      std::span<const ProseLine> prose, std::span<const Story> stories,
                      std::vector<std::uint8_t>& is_side) {
  is_side.assign(stories.size(), 0);
  const auto prose_of = [&](const Story& story) {
    return prose.subspan(story.begin_prose, story.end_prose - story.begin_prose);
  };
  std::vector<Part> parts;
  double most = 0.0;
  for (const Story& story : stories) {
    parts.push_back(part_of(shaped, prose_of(story), story));
    most = std::max(most, parts.back().words);
  }
  if (most == 0.0) return;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_side_matter =
        is_none(parts[i], most) || (parts[i].words < kShareOfCookies * most &&
                                    speaks_of_cookies(text, shaped, prose_of(stories[i])));
    is_side[i] = is_side_matter ? 1 : 0;
  }
}

}  // namespace copydesk
