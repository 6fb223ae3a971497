#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The vector steps of the tokenizer: which bytes begin characters and which characters those are,
// which bytes belong to words, and where words begin and end. All give the same bytes on every
// instruction set. "Rain, 2 p.m." has its words at bytes 0 to 4, 6 to 7, 8 to 9 and 10 to 11.

#include <cstddef>
#include <cstdint>

namespace copydesk {

// Words of 64 bits that word_mask writes for a text of `size` bytes.
[[nodiscard]] constexpr std::size_t word_mask_size(std::size_t size) {
  return size / 64 + 1;
}

// Copies `size` bytes from `text` to `lower` with A-Z in lower case, and sets bit i % 64 of
// mask[i / 64] when byte i is an ASCII letter, an ASCII digit or at least 0x80; the bits behind the
// text are 0.
// REQUIRES: `lower` has room for `size` bytes and is `text` itself or does not overlap it; `mask`
// has room for word_mask_size(size) words.
void word_mask(const char* text, std::size_t size, char* lower, std::uint64_t* mask);

// The same for texts of ASCII. False if some byte is at least 0x80: what was written is undefined
// then, and most of the work is saved if that byte comes early.
[[nodiscard]] bool ascii_word_mask(const char* text, std::size_t size, char* lower,
                                   std::uint64_t* mask);

// For each 64 bytes of `text`, the last of which may be fewer: sets bit i of `starts` when byte i
// begins a character of UTF-8 (is not 0x80 to 0xBF) and bit i of `high` when it is at least 0x80.
// Bits behind the text are 0. REQUIRES: both have room for (size + 63) / 64 words.
void character_masks(const char* text, std::size_t size, std::uint64_t* starts,
                     std::uint64_t* high);

// Where character_codes found the first of four bytes: no character of Unicode.
inline constexpr std::uint16_t kLongCharacter = 0xD800;

// Numbers that character_codes may write for `count` places.
[[nodiscard]] constexpr std::size_t codes_capacity(std::size_t count) {
  return count + 64;
}

// Writes to codes[i] the code point of the character of UTF-8 that begins at text[i], for every i
// in [0, count), or kLongCharacter if it has four bytes; where none begins, or a character is cut
// off by the end of the text, some number. What stands behind them in `codes` is undefined.
// REQUIRES: count <= size, the bytes of `text`; `codes` has room for codes_capacity(count) entries.
void character_codes(const char* text, std::size_t size, std::size_t count, std::uint16_t* codes);

// Entries that the two functions below may write for `words` words of mask: one a bit and room for
// whole vectors.
[[nodiscard]] constexpr std::size_t positions_capacity(std::size_t words) {
  return words * 64 + 64;
}

// Writes the positions of the bits of `mask` that are set, counted from its first, in ascending
// order and returns how many there are. What stands behind them in `positions` is undefined.
// REQUIRES: words <= 1024; `positions` has room for positions_capacity(words) entries.
std::size_t bit_positions(const std::uint64_t* mask, std::size_t words, std::uint16_t* positions);

// Writes the positions, counted from the first bit of `mask`, at which a bit differs from the bit
// in front of it, in ascending order; the bit in front of the first is `inside`. Sets `inside` to
// the last bit and returns how many positions there are. What stands behind them in `bounds` is
// undefined.
// REQUIRES: words <= 1024; `bounds` has room for positions_capacity(words) entries.
std::size_t word_bounds(const std::uint64_t* mask, std::size_t words, bool& inside,
                        std::uint16_t* bounds);

}  // namespace copydesk
