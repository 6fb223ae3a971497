// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/structured_lines.h"

#include <algorithm>

namespace copydesk {
namespace {

constexpr std::uint32_t kVerseWords = 12;    // a line of verse has at most so many words
constexpr std::size_t kNeighbours = 3;       // looked at on either side
constexpr std::size_t kLeastNeighbours = 3;  // that must be verse

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// '-' for a bullet of any kind, '1' for a number with a point or bracket, 0 for none.
char list_sign(std::string_view line) {
  for (const char* const bullet :
       {"- ", "* ", "+ ", "\u2022", "\u2023", "\u25AA", "\u25CF", "\u2013 "}) {
    if (line.starts_with(bullet)) return '-';
  }
  std::size_t digits = 0;
  while (digits < line.size() && digits < 4 && is_digit(line[digits])) ++digits;
  if (digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')'))
    return '1';
  return 0;
}

bool is_code_or_table(std::string_view line, const Line& info) {
  std::size_t signs = 0, bars = 0;
  for (const char c : line) {
    signs += std::string_view("{}[]()<>=;+*/\\#$^~_").find(c) != std::string_view::npos;
    bars += c == '|' || c == '\t';
  }
  if (bars >= 2 || (bars >= 1 && info.tokens <= 2)) return true;
  if (signs >= 2 && signs * 10 >= line.size()) return true;
  return info.tokens >= 2 && info.numbers * 2 >= info.tokens;
}

bool is_verse(const Line& line) {
  return line.words >= 3 && line.words <= kVerseWords;
}

}  // namespace

bool is_structured_line(std::string_view text, std::span<const Line> lines,
                        const std::vector<bool>& skipped, std::size_t at) {
  const Line& line = lines[at];
  const std::string_view content = line.span.of(text);
  if (is_code_or_table(content, line)) return true;

  const char sign = list_sign(content);
  const auto is_passed_over = [&](std::size_t i) {
    return lines[i].key == line.key || (!skipped.empty() && skipped[i]);
  };
  std::size_t found = 0, verse = 0, listed = 0;
  const auto look_at = [&](std::size_t neighbour) {
    ++found;
    verse += is_verse(lines[neighbour]);
    listed += sign != 0 && list_sign(lines[neighbour].span.of(text)) == sign;
  };
  for (std::size_t i = at, taken = 0; i-- > 0 && taken < kNeighbours;) {
    if (is_passed_over(i)) continue;
    look_at(i);
    ++taken;
  }
  for (std::size_t i = at + 1, taken = 0; i < lines.size() && taken < kNeighbours; ++i) {
    if (is_passed_over(i)) continue;
    look_at(i);
    ++taken;
  }
  if (listed > 0) return true;
  return line.words <= kVerseWords && found >= kLeastNeighbours && verse == found;
}

}  // namespace copydesk
