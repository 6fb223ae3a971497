// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/unmarked_ends.h"

#include <algorithm>
#include <array>

#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::size_t kFewestCharacters = 55;  // a Thai sentence of news has about 80

// Words that go on with what stands in front of the space: that, which, and, or, by, in order to,
// but, in, from, with, of, such as, when, namely, including.
constexpr std::array<std::string_view, 22> kGoingOn = {
    "ที่",   "ซึ่ง",  "และ", "หรือ",  "โดย", "เพื่อ", "แต่", "ว่า",  "ใน", "จาก", "กับ",
    "ของ", "เช่น", "คือ",  "ได้แก่", "รวม", "จึง",  "ທີ່",  "ແລະ", "ຫຼື",  "ເພື່ອ", "ໂດຍ"};
// Words that call for more: that, and, such as, namely, or, is.
constexpr std::array<std::string_view, 10> kCallingForMore = {"ว่า",  "และ", "เช่น", "คือ",  "ได้แก่",
                                                              "หรือ", "เป็น", "ວ່າ",  "ແລະ", "ຄື"};

// Letters of Thai and Lao, not their digits and marks.
bool is_letter(std::uint32_t c) {
  return (c >= 0x0E01 && c <= 0x0E2E) || (c >= 0x0E40 && c <= 0x0E44) ||
         (c >= 0x0E81 && c <= 0x0EAE) || (c >= 0x0EC0 && c <= 0x0EC4);
}
bool is_of_script(std::uint32_t c) {
  return c >= 0x0E00 && c < 0x0F00;
}

template <class List>
bool any_begins(const List& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}
template <class List>
bool any_ends(const List& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.ends_with(word); });
}

}  // namespace

bool may_lack_marks(std::string_view text) {
  return text.find("\xE0\xB8") != text.npos || text.find("\xE0\xBA") != text.npos;
}

void find_unmarked_ends(std::string_view text, TextSpan segment, std::vector<std::size_t>& begins) {
  std::size_t characters = 0;  // of the sentence so far
  std::uint32_t before = 0;
  for (std::size_t at = segment.begin; at < segment.end;) {
    const DecodedCharacter character = decode_utf8(text.data() + at);
    if (character.code_point != ' ') {
      before = character.code_point;
      at += character.length;
      ++characters;
      continue;
    }
    std::size_t next = at;
    while (next < segment.end && text[next] == ' ') ++next;
    const bool is_long = characters >= kFewestCharacters;
    if (is_long && next < segment.end && is_of_script(before) &&
        is_letter(decode_utf8(text.data() + next).code_point) &&
        !any_begins(kGoingOn, text.substr(next, segment.end - next)) &&
        !any_ends(kCallingForMore, text.substr(segment.begin, at - segment.begin))) {
      begins.push_back(next);
      characters = 0;
    }
    at = next;
  }
}

}  // namespace copydesk
