#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// UTF-8: validation, and the encoding and decoding of single characters.
//
// Example:
//   assert(is_valid_utf8("caf\u00e9") && find_invalid_utf8("caf\xc3") == 3);
//   assert(decode_utf8("\u00e9!").code_point == 0xE9);

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk {

// Position of the first byte of the first sequence that is not well-formed UTF-8 (Unicode 15.0,
// table 3-7), or text.size() if there is none. A sequence cut off by the end of the text is not
// well-formed.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

[[nodiscard]] bool is_valid_utf8(std::string_view text);

// Bytes of the sequence that begins with `lead`; 1 for bytes that begin none.
[[nodiscard]] constexpr std::size_t utf8_length(unsigned char lead) {
  if (lead < 0xC0) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

struct DecodedCharacter {
  std::uint32_t code_point = 0;
  std::size_t length = 0;  // in bytes
};

// REQUIRES: `text` begins with a whole well-formed sequence.
[[nodiscard]] constexpr DecodedCharacter decode_utf8(const char* text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t lead = byte(0);
  const auto tail = [&](std::size_t i) { return byte(i) & 0x3Fu; };
  switch (utf8_length(byte(0))) {
    case 1:
      return {lead, 1};
    case 2:
      return {(lead & 0x1F) << 6 | tail(1), 2};
    case 3:
      return {(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3};
    default:
      return {(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
  }
}

// Whether a byte goes on with a character, which begins before it.
[[nodiscard]] constexpr bool is_utf8_tail(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// How many characters a valid text has.
[[nodiscard]] constexpr std::size_t count_characters(std::string_view text) {
  std::size_t characters = 0;
  for (const char byte : text) characters += is_utf8_tail(byte) ? 0 : 1;
  return characters;
}

// The beginning of the character that has its bytes at `at`: of "\u00e9!" both 0 and 1 give 0, and 2
// gives 2. REQUIRES: `text` is valid UTF-8, or text[0] is to be looked at; at < text.size().
[[nodiscard]] constexpr std::size_t character_floor(std::string_view text, std::size_t at) {
  while (at > 0 && is_utf8_tail(text[at])) --at;
  return at;
}

// Writes the 1 to 4 bytes of `code_point` and returns how many.
// REQUIRES: code_point < 0x110000; `out` has room for 4 bytes.
constexpr std::size_t encode_utf8(std::uint32_t code_point, char* out) {
  const auto put = [out](std::size_t i, std::uint32_t byte) { out[i] = static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(0, code_point);
    return 1;
  }
  if (code_point < 0x800) {
    put(0, 0xC0 | code_point >> 6);
    put(1, 0x80 | (code_point & 0x3F));
    return 2;
  }
  if (code_point < 0x10000) {
    put(0, 0xE0 | code_point >> 12);
    put(1, 0x80 | (code_point >> 6 & 0x3F));
    put(2, 0x80 | (code_point & 0x3F));
    return 3;
  }
  put(0, 0xF0 | code_point >> 18);
  put(1, 0x80 | (code_point >> 12 & 0x3F));
  put(2, 0x80 | (code_point >> 6 & 0x3F));
  put(3, 0x80 | (code_point & 0x3F));
  return 4;
}

}  // namespace copydesk
