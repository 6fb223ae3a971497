// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/one_line.h"

#include <cstddef>
#include <cstdint>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_break.h"
#include "copydesk/text/sentence_class.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::string_view kWideSpace = "\u3000";

std::string_view trimmed(std::string_view line) {
  for (;;) {
    if (!line.empty() && is_ascii_space(line.front())) {
      line.remove_prefix(1);
    } else if (line.starts_with(kWideSpace)) {
      line.remove_prefix(kWideSpace.size());
    } else {
      break;
    }
  }
  for (;;) {
    if (!line.empty() && is_ascii_space(line.back())) {
      line.remove_suffix(1);
    } else if (line.ends_with(kWideSpace)) {
      line.remove_suffix(kWideSpace.size());
    } else {
      return line;
    }
  }
}

// Ideographs, kana, bopomofo and their punctuation: from the radicals to the ideographs but for
// the Hangul between, compatible and full-width forms, and the planes of ideographs.
bool is_written_without_spaces(std::uint32_t c) {
  const bool is_hangul = c >= 0x3130 && c < 0x3190;
  return (c >= 0x2E80 && c < 0xA000 && !is_hangul) || (c >= 0xF900 && c < 0xFB00) ||
         (c >= 0xFE30 && c < 0xFE50) || (c >= 0xFF00 && c < 0xFFA0) ||
         (c >= 0x20000 && c < 0x40000);
}

std::uint32_t last_of(std::string_view line) {
  std::size_t begin = line.size() - 1;
  while (begin > 0 && (line[begin] & 0xC0) == 0x80) --begin;
  return decode_utf8(line.data() + begin).code_point;
}

constexpr std::string_view kSoftHyphen = "\u00AD";
constexpr std::size_t kFewestDivided = 3, kLinesOfDivided = 16;

// The hyphen behind a letter that a line ends with, in front of a line that begins with a small
// one; empty if there is none.
std::string_view hyphen_between(std::string_view line, std::string_view next) {
  const std::size_t size = CharacterReader(line).hyphen_before(line.size(), 0);
  const bool is_small = CharacterReader(next).at(0, next.size()).kind == SentenceClass::kLower;
  return size > 0 && is_small ? line.substr(line.size() - size) : std::string_view();
}

}  // namespace

LineHyphens find_line_hyphens(std::string_view text) {
  const auto has = [&](std::string_view sign) { return text.find(sign) != text.npos; };
  if (!has("-\n") && !has("-\r") && !has(kSoftHyphen) && !has("\u2010")) {
    return LineHyphens::kOfCompounds;
  }
  const LineBreaks breaks(text);
  std::size_t lines = 0, divided = 0;
  std::string_view before;
  for (std::size_t begin = 0; begin < text.size();) {
    const LineBreaks::Line line = breaks.line_at(begin);
    const std::string_view content = trimmed(text.substr(begin, line.end - begin));
    begin = line.next;
    if (content.empty()) continue;
    ++lines;
    divided += hyphen_between(before, content).empty() ? 0 : 1;
    before = content;
  }
  return divided >= kFewestDivided && kLinesOfDivided * divided >= lines
             ? LineHyphens::kOfWords
             : LineHyphens::kOfCompounds;
}

void append_on_one_line(std::string& out, std::string_view text, LineHyphens hyphens) {
  const LineBreaks breaks(text);
  std::string_view before;
  for (std::size_t begin = 0; begin < text.size();) {
    const LineBreaks::Line line = breaks.line_at(begin);
    std::string_view content = text.substr(begin, line.end - begin);
    const bool is_only = begin == 0 && line.end == text.size();
    begin = line.next;
    if (!is_only) content = trimmed(content);
    if (content.empty()) continue;
    if (!before.empty()) {
      const std::string_view hyphen = hyphen_between(before, content);
      const bool is_spaceless =
          !hyphen.empty() || (is_written_without_spaces(last_of(before)) &&
                              is_written_without_spaces(decode_utf8(content.data()).code_point));
      if (!is_spaceless) out += ' ';
      if (!hyphen.empty() && (hyphens == LineHyphens::kOfWords || hyphen == kSoftHyphen)) {
        out.resize(out.size() - hyphen.size());
      }
    }
    out += content;
    before = content;
  }
}

}  // namespace copydesk
