#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Character references: "&amp;", "&#8364;", "&#x20AC;", and all names of the HTML standard.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk {

struct CharacterReference {
  std::size_t length = 0;  // in bytes, from the '&'; 0 if there is no reference
  std::uint32_t first = 0;
  std::uint32_t second = 0;  // 0 unless the name stands for two characters
};

// The reference at text[at]. A name that may go without its semicolon is also found at the
// beginning of a longer word ("&notit;" is "¬it;"), but not in an attribute, where "?a=1&copy=2" is
// an address. REQUIRES: text[at] == '&'.
[[nodiscard]] CharacterReference find_character_reference(std::string_view text, std::size_t at,
                                                          bool in_attribute);

// The value of an attribute or other short text: references replaced, runs of white space one
// space, none around it. Soft hyphens and zero-width spaces are left out.
[[nodiscard]] std::string plain_value(std::string_view value);

// Whether a character is invisible (soft hyphen, zero-width space, byte order mark).
constexpr bool is_invisible(std::uint32_t c) {
  return c == 0xAD || c == 0x200B || c == 0xFEFF;
}
// Whether a character from a reference is white space that does not matter.
constexpr bool is_blank(std::uint32_t c) {
  return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

// Appends a code point as UTF-8; U+FFFD if it is none.
void append_code_point(std::string& out, std::uint32_t code_point);

}  // namespace copydesk
