// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/counting_lines.h"

#include <xxhash.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/ascii.h"
#include "copydesk/text/character_tables.h"

namespace copydesk {
namespace {

constexpr std::size_t kFewestLines = 3;
constexpr unsigned kFewestWords = 3, kMostWords = 7;  // one of them with a number

// The line with one sign for each number, in small letters, and how many other words with a letter it has. None if a
// word has digits and is no number, as a version has.
std::size_t without_numbers(std::string_view line, std::string& masked) {
  masked.clear();
  std::size_t words = 0;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at;
    bool has_digit = false, has_letter = false, has_other = false;
    for (; end < line.size() && !is_ascii_space(line[end]); ++end) {
      const char c = line[end];
      const bool is_letter = is_ascii_letter(c) || (c & 0x80) != 0;
      has_digit |= is_ascii_digit(c);
      has_letter |= is_letter;
      has_other |= !is_letter && !is_ascii_digit(c) && c != '.' && c != ',';
    }
    if (has_digit && (has_letter || has_other)) return 0;
    if (has_digit) {
      masked += '0';
    } else {
      words += has_letter ? 1 : 0;
      for (const char c : line.substr(at, end - at)) masked += to_ascii_lower(c);
    }
    masked += ' ';
    while (end < line.size() && is_ascii_space(line[end])) ++end;
    at = end;
  }
  return words;
}

}  // namespace

void mark_counting_lines(std::string_view text, ShapedText& shaped) {
  constexpr std::size_t kFewestNamed = 2;
  std::vector<std::pair<std::uint64_t, std::size_t>> found;
  std::string masked;
  for (std::size_t i = 0; i < shaped.lines.size(); ++i) {
    const LineShape& line = shaped.lines[i];
    if (line.words < kFewestWords || line.words > kMostWords) continue;
    if (line.is(kClosedLine | kMetaLine | kCreditLine | kProseLine)) continue;
    const std::string_view content = trimmed_line(text, line.begin).of(text);
    if (std::none_of(content.begin(), content.end(), is_ascii_digit)) continue;
    if (without_numbers(content, masked) < kFewestNamed) continue;
    found.emplace_back(XXH3_64bits(masked.data(), masked.size()), i);
  }
  if (found.size() < kFewestLines) return;
  std::sort(found.begin(), found.end());
  for (std::size_t begin = 0, end = 0; begin < found.size(); begin = end) {
    bool is_row = false;
    while (end < found.size() && found[end].first == found[begin].first) {
      is_row |= end > begin && found[end].second == found[end - 1].second + 1;
      ++end;
    }
    if (end - begin < kFewestLines || is_row) continue;
    for (std::size_t i = begin; i < end; ++i) {
      LineShape& line = shaped.lines[found[i].second];
      line.signs = static_cast<std::uint16_t>((line.signs | kNoticeLine) & ~unsigned{kHeadLine});
    }
  }
}

}  // namespace copydesk
