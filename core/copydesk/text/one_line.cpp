// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/one_line.h"

#include <cstddef>
#include <cstdint>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_break.h"
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

}  // namespace

void append_on_one_line(std::string& out, std::string_view text) {
  const LineBreaks breaks(text);
  std::string_view before;
  for (std::size_t begin = 0; begin < text.size();) {
    const LineBreaks::Line line = breaks.line_at(begin);
    std::string_view content = text.substr(begin, line.end - begin);
    const bool is_only = begin == 0 && line.end == text.size();
    begin = line.next;
    if (!is_only) content = trimmed(content);
    if (content.empty()) continue;
    if (!before.empty() && !(is_written_without_spaces(last_of(before)) &&
                             is_written_without_spaces(decode_utf8(content.data()).code_point))) {
      out += ' ';
    }
    out += content;
    before = content;
  }
}

}  // namespace copydesk
