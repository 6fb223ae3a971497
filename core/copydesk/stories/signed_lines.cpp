// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/signed_lines.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "copydesk/ascii.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_ending.h"

namespace copydesk {
namespace {

constexpr unsigned kFewestWords = 6;      // of a line that tells something
constexpr std::size_t kFewestSigned = 2;  // lines of a page

// The one word behind the last sentence of a line; empty if what is there is anything else.
std::string_view signature_of(std::string_view line) {
  std::size_t begin = line.size();
  while (begin > 0 && !is_ascii_space(line[begin - 1])) --begin;
  const std::string_view word = line.substr(begin);
  while (begin > 0 && is_ascii_space(line[begin - 1])) --begin;
  const bool is_word = std::all_of(word.begin(), word.end(), [](char c) {
    return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
  });
  if (!is_word || !find_line_ending(line.substr(0, begin)).is_closed) return {};
  return word;
}

}  // namespace

void mark_signed_lines(std::string_view text, ShapedText& shaped) {
  std::vector<LineShape>& lines = shaped.lines;
  const auto is_signed_by_shape = [](const LineShape& line) {
    return line.is(kCreditLine) && !line.is(kMetaLine) && line.words >= kFewestWords;
  };
  // What is behind the last line of text are headlines and labels at most.
  std::size_t last = lines.size();
  while (last > 0 && !lines[last - 1].is(kProseLine | kCreditLine | kClosedLine)) --last;
  if (last == 0 || !is_signed_by_shape(lines[last - 1])) return;
  const std::string_view signature =
      signature_of(trimmed_line(text, lines[last - 1].begin).of(text));
  if (signature.empty()) return;
  // Captions that bear it stand between lines of the story, but not behind each other.
  std::vector<std::size_t> found;
  std::size_t prose = 0, others = 0;  // lines since the one before
  for (std::size_t i = 0; i < last; ++i) {
    if (!is_signed_by_shape(lines[i]) ||
        !equal_ignoring_case(signature_of(trimmed_line(text, lines[i].begin).of(text)),
                             signature)) {
      prose += lines[i].is(kProseLine) ? 1 : 0;
      continue;
    }
    if (prose == 0) {
      ++others;
    } else {
      found.push_back(i);
    }
    prose = 0;
  }
  if (found.size() < std::max(kFewestSigned, others + 1)) return;
  for (const std::size_t line : found) {
    const unsigned signs = lines[line].signs & ~unsigned{kCreditLine};
    lines[line].signs = static_cast<std::uint16_t>(signs | kProseLine);
    if (line + 1 < lines.size()) {
      lines[line + 1].signs = static_cast<std::uint16_t>(lines[line + 1].signs | kAfterRule);
    }
  }
}

}  // namespace copydesk
