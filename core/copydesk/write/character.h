#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which characters of a text act on whoever shows it instead of being shown: ESC moves a terminal's
// cursor, U+202E turns "gnp.exe" round. Whatever writes text for people asks here.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk {

// The length of the UTF-8 character that begins at text[at], 0 if there is none, as where the bytes
// are no UTF-8. `code` is its number: "\xC3\xA9" at 0 has 2 bytes and is 0xE9. REQUIRES: at is less
// than text.size().
[[nodiscard]] std::size_t character_at(std::string_view text, std::size_t at, std::uint32_t& code);

// Control characters (C0 but line feed and tab, DEL, C1) and those that embed, override or isolate
// directions. Not the marks U+200E, U+200F and U+061C, which right-to-left texts need.
[[nodiscard]] constexpr bool acts_on_display(std::uint32_t code) {
  return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0) ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace copydesk
