// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/structured_lines.h"

#include <algorithm>

namespace copydesk {
namespace {

constexpr std::uint32_t kVerseWords = 12;   // a line of verse has at most so many words
constexpr std::size_t kNeighbors = 3;       // looked at on either side
constexpr std::size_t kLeastNeighbors = 3;  // that must be verse

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// '-' for a bullet of any kind, '1' for a number with a point or bracket, 'q' for a quantity, as of
// the ingredients of a recipe, 0 for none.
char list_sign(std::string_view line) {
  for (const char* const bullet :
       {"- ", "* ", "+ ", "\u2022", "\u2023", "\u25AA", "\u25CF", "\u2013 "}) {
    if (line.starts_with(bullet)) return '-';
  }
  std::size_t digits = 0;
  while (digits < line.size() && digits < 4 && is_digit(line[digits])) ++digits;
  if (digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')'))
    return '1';
  if (digits > 0 && digits < line.size() && line[digits] == ' ') return 'q';
  for (const char* const fraction : {"\u00BC", "\u00BD", "\u00BE", "\u2153", "\u2154"}) {
    if (line.starts_with(fraction)) return 'q';
  }
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

constexpr std::size_t kShortNeighbors = 1;  // "Chorus", "Oh!"

// "[Chorus]", as the parts of a song are named.
bool is_bracketed(std::string_view line) {
  return (line.front() == '[' && line.back() == ']') || (line.front() == '(' && line.back() == ')');
}

}  // namespace

StructuredLines::StructuredLines(std::string_view text, std::span<const Line> lines,
                                 const std::vector<bool>& skipped)
    : text_(text), lines_(lines) {
  before_.reserve(lines.size());
  seen_.reserve(lines.size());
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    before_.push_back(static_cast<std::uint32_t>(seen_.size()));
    if (!skipped.empty() && skipped[i]) continue;
    const auto place = static_cast<std::uint32_t>(seen_.size());
    const bool continues = place > 0 && lines[seen_.back().line].key == lines[i].key;
    seen_.push_back({i, continues ? seen_.back().run_begin : place, place + 1});
  }
  for (std::size_t i = seen_.size(); i-- > 1;) {
    if (seen_[i - 1].run_begin == seen_[i].run_begin) seen_[i - 1].run_end = seen_[i].run_end;
  }
}

bool StructuredLines::contains(std::size_t at) {
  const Line& line = lines_[at];
  const std::string_view content = line.span.of(text_);
  ++steps_;
  if (is_code_or_table(content, line)) return true;

  const char sign = list_sign(content);
  std::size_t found = 0, verse = 0, shorter = 0, listed = 0;
  const auto look_at = [&](const Line& neighbor) {
    ++found;
    const bool is_label = is_bracketed(neighbor.span.of(text_));
    verse += is_verse(neighbor) || is_label;
    shorter += neighbor.words < 3 && !is_label;
    listed += sign != 0 && list_sign(neighbor.span.of(text_)) == sign;
  };
  // Runs of copies are passed over as a whole: at most one in front of each neighbor.
  std::size_t i = before_[at];
  for (std::size_t taken = 0; i > 0 && taken < kNeighbors; ++steps_) {
    const Seen& seen = seen_[i - 1];
    const bool is_copy = lines_[seen.line].key == line.key;
    if (!is_copy) look_at(lines_[seen.line]);
    taken += !is_copy;
    i = is_copy ? seen.run_begin : i - 1;
  }
  i = before_[at];
  for (std::size_t taken = 0; i < seen_.size() && taken < kNeighbors; ++steps_) {
    const Seen& seen = seen_[i];
    const bool is_copy = lines_[seen.line].key == line.key;
    if (!is_copy) look_at(lines_[seen.line]);
    taken += !is_copy;
    i = is_copy ? seen.run_end : i + 1;
  }
  if (listed > 0) return true;
  return line.words <= kVerseWords && verse >= kLeastNeighbors && verse + shorter == found &&
         shorter <= kShortNeighbors;
}

}  // namespace copydesk
