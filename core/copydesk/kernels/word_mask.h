#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The vector steps of the tokenizer: which bytes begin characters, which belong to words, and where
// words begin and end. All give the same bytes on every instruction set.

#include <cstddef>
#include <cstdint>

namespace copydesk {

// Words of 64 bits that word_mask writes for a text of `size` bytes.
[[nodiscard]] constexpr std::size_t word_mask_size(std::size_t size) {
  return size / 64 + 1;
}

// Copies `size` bytes from `text` to `lower` with A-Z in lower case, and sets bit i % 64 of
// mask[i / 64] when byte i is an ASCII letter, an ASCII digit or at least 0x80; the bits behind the
// text are 0. Returns whether some byte is at least 0x80.
// REQUIRES: `lower` has room for `size` bytes and is `text` itself or does not overlap it; `mask`
// has room for word_mask_size(size) words.
bool word_mask(const char* text, std::size_t size, char* lower, std::uint64_t* mask);

// For each 64 bytes of `text`, the last of which may be fewer: sets bit i of `starts` when byte i
// begins a character of UTF-8 (is not 0x80 to 0xBF) and bit i of `high` when it is at least 0x80.
// Bits behind the text are 0. REQUIRES: both have room for (size + 63) / 64 words.
void character_masks(const char* text, std::size_t size, std::uint64_t* starts,
                     std::uint64_t* high);

// Entries that word_bounds may write for `words` words of mask: one a bit and room for whole
// vectors.
[[nodiscard]] constexpr std::size_t word_bounds_capacity(std::size_t words) {
  return words * 64 + 64;
}

// Writes the positions, counted from the first bit of `mask`, at which a bit differs from the bit
// in front of it, in ascending order; the bit in front of the first is `inside`. Sets `inside` to
// the last bit and returns how many positions there are. What stands behind them in `bounds` is
// undefined.
// REQUIRES: words <= 1024; `bounds` has room for word_bounds_capacity(words) entries.
std::size_t word_bounds(const std::uint64_t* mask, std::size_t words, bool& inside,
                        std::uint16_t* bounds);

}  // namespace copydesk
