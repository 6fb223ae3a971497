// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/reference_marks.h"

#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::size_t kLongestNote = 48;  // bytes between brackets
constexpr std::size_t kMostAsterisks = 3;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Superscript digits and small letters, dagger, double dagger, section sign, asterisk operator.
bool is_superscript(std::uint32_t c) {
  return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ||
         c == 0x2020 || c == 0x2021 || c == 0x2217 || c == 0xAA || (c >= 0x1D43 && c <= 0x1D4D);
}

// "[1]", "[12, 14]", "[a]", "[note 4]", "[citation needed]", "[注 1]": what begins with a capital
// is an insertion of the editor ("[Laughter]"), and so is what holds a sentence.
std::size_t bracket_end(std::string_view text, std::size_t at, std::size_t end) {
  if (at + 2 >= end || text[at] != '[') return at;
  const auto first = static_cast<unsigned char>(text[at + 1]);
  if (!is_digit(text[at + 1]) && !(first >= 'a' && first <= 'z') && first < 0x80) return at;
  for (std::size_t i = at + 1; i < end && i - at <= kLongestNote; ++i) {
    const char c = text[i];
    if (c == ']') return i + 1;
    if (c == '[' || c == '\n' || c == '!') return at;
    if (first >= 'a' && (c == '.' || c == '?') && i + 1 < end && text[i + 1] != ' ') return at;
  }
  return at;
}

// ":23", ":112–114": the page, as encyclopedias write it behind the bracket.
std::size_t page_end(std::string_view text, std::size_t at, std::size_t end) {
  if (at + 1 >= end || text[at] != ':' || !is_digit(text[at + 1])) return at;
  std::size_t i = at + 1;
  while (i < end) {
    if (is_digit(text[i]) || (text[i] == '-' && i + 1 < end && is_digit(text[i + 1]))) {
      ++i;
    } else if (text.substr(i, 3) == "\u2013" && i + 3 < end && is_digit(text[i + 3])) {
      i += 3;
    } else {
      break;
    }
  }
  return i;
}

}  // namespace

std::size_t skip_reference_marks(std::string_view text, std::size_t at, std::size_t end) {
  std::size_t asterisks = 0;
  while (at < end) {
    if (text[at] == '[') {
      const std::size_t behind = bracket_end(text, at, end);
      if (behind == at) break;
      at = page_end(text, behind, end);
      continue;
    }
    if (text[at] == '*' || text[at] == '_') {
      if (++asterisks > kMostAsterisks) break;
      ++at;
      continue;
    }
    if (static_cast<unsigned char>(text[at]) < 0x80) break;
    const DecodedCharacter decoded = decode_utf8(text.data() + at);
    if (!is_superscript(decoded.code_point)) break;
    at += decoded.length;
  }
  return at;
}

std::size_t before_reference_marks(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t at = end; at > begin;) {
    std::size_t start = at - 1;
    if (text[start] == ']') {
      const std::size_t nearest = at > begin + kLongestNote + 2 ? at - kLongestNote - 2 : begin;
      while (start > nearest && text[start] != '[') --start;
      if (text[start] != '[' || bracket_end(text, start, end) != at) return at;
    } else if (text[start] != '*' && text[start] != '_') {
      if (static_cast<unsigned char>(text[start]) < 0x80) return at;
      while (start > begin && is_utf8_tail(text[start])) --start;
      if (!is_superscript(decode_utf8(text.data() + start).code_point)) return at;
    }
    at = start;
    if (at == begin) return at;
  }
  return end;
}

}  // namespace copydesk
