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
constexpr std::size_t kMostBytesOfInitials = 7;
constexpr std::size_t kMostBytesOfDateline = 64;

// The last word of a line, and what stands before it.
struct LastWord {
  std::string_view before, word;
};
LastWord last_word_of(std::string_view line) {
  std::size_t begin = line.size();
  while (begin > 0 && !is_ascii_space(line[begin - 1])) --begin;
  const std::string_view word = line.substr(begin);
  while (begin > 0 && is_ascii_space(line[begin - 1])) --begin;
  return {line.substr(0, begin), word};
}

// The initials of who wrote it: "mgl/rp".
bool are_initials(std::string_view word) {
  return word.size() <= kMostBytesOfInitials && word.find('/') != word.npos &&
         std::all_of(word.begin(), word.end(),
                     [](char c) { return c == '/' || (c >= 'a' && c <= 'z'); });
}

// The one word behind the last sentence of a line, initials behind it apart; empty if what is there
// is anything else.
std::string_view signature_of(std::string_view line) {
  LastWord last = last_word_of(line);
  if (are_initials(last.word)) last = last_word_of(last.before);
  const bool is_word = std::all_of(last.word.begin(), last.word.end(), [](char c) {
    return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
  });
  if (!is_word || !find_line_ending(last.before).is_closed) return {};
  return last.word;
}

// A line as it is shaped: where the text is wrapped, up to the blank line or the next paragraph.
std::string_view whole_line(std::string_view text, const ShapedText& shaped, std::size_t line) {
  const std::size_t begin = shaped.lines[line].begin;
  const std::size_t next =
      line + 1 < shaped.lines.size() ? shaped.lines[line + 1].begin : text.size();
  std::string_view whole = text.substr(begin, next - begin);
  whole = whole.substr(0, std::min(whole.find("\n\n"), whole.size()));
  while (!whole.empty() && is_ascii_space(whole.back())) whole.remove_suffix(1);
  return whole;
}

// Whether a line begins with a dateline of the agency: "Zamora, 18 Jul (ASN).- A fire ...".
bool has_dateline_of(std::string_view line, std::string_view signature) {
  const std::string_view top = line.substr(0, kMostBytesOfDateline);
  for (std::size_t at = top.find('('); at != top.npos; at = top.find('(', at + 1)) {
    const std::string_view name = top.substr(at + 1, signature.size() + 1);
    if (name.size() > signature.size() && name.back() == ')' &&
        equal_ignoring_case(name.substr(0, signature.size()), signature)) {
      return true;
    }
  }
  return false;
}

}  // namespace

void mark_signed_lines(std::string_view text, ShapedText& shaped) {
  std::vector<LineShape>& lines = shaped.lines;
  const auto is_signed_by_shape = [](const LineShape& line) {
    return line.is(kCreditLine) && !line.is(kMetaLine) && line.words >= kFewestWords;
  };
  const auto make_signed = [&](std::size_t line) {
    const unsigned signs = lines[line].signs & ~unsigned{kCreditLine};
    lines[line].signs = static_cast<std::uint16_t>(signs | kProseLine);
    if (line + 1 < lines.size()) {
      lines[line + 1].signs = static_cast<std::uint16_t>(lines[line + 1].signs | kAfterRule);
    }
  };
  // What the dateline names signs the end, whatever else the page has.
  std::size_t dateline = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_signed_by_shape(lines[i]) && dateline < i) {
      const std::string_view signature = signature_of(whole_line(text, shaped, i));
      if (signature.empty() || !has_dateline_of(text.substr(lines[dateline].begin), signature)) {
        continue;
      }
      make_signed(i);
      dateline = lines.size();
    } else if (lines[i].is(kProseLine) &&
               text.substr(lines[i].begin, kMostBytesOfDateline).find('(') != text.npos) {
      dateline = i;
    }
  }
  // What is behind the last line of text are headlines and labels at most.
  std::size_t last = lines.size();
  while (last > 0 && !lines[last - 1].is(kProseLine | kCreditLine | kClosedLine)) --last;
  if (last == 0 || !is_signed_by_shape(lines[last - 1])) return;
  const std::string_view signature = signature_of(whole_line(text, shaped, last - 1));
  if (signature.empty()) return;
  // Captions that bear it stand between lines of the story, but not behind each other.
  std::vector<std::size_t> found;
  std::size_t prose = 0, others = 0;  // lines since the one before
  for (std::size_t i = 0; i < last; ++i) {
    if (!is_signed_by_shape(lines[i]) ||
        !equal_ignoring_case(signature_of(whole_line(text, shaped, i)), signature)) {
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
  for (const std::size_t line : found) make_signed(line);
}

}  // namespace copydesk
