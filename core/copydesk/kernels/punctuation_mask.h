#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The vector step of the sentence splitter: which bytes of a text may matter to where its sentences
// end and to what they are. All instruction sets give the same bits.

#include <cstddef>
#include <cstdint>

namespace copydesk {

// Of 64 bytes, bit i for byte i.
struct PunctuationMask {
  std::uint64_t spaces;       // white space of ASCII
  std::uint64_t breaks;       // line feeds
  std::uint64_t terminators;  // . ! ? : ;
  std::uint64_t marks;        // " ( ) [ ]
  std::uint64_t digits;       // 0 to 9
  std::uint64_t leads;        // 0xC0 and above: begin a character that is not ASCII
  std::uint64_t tails;        // 0x80 to 0xBF: go on with one
};

// Writes one mask for each 64 bytes of `text`, the last of which may be fewer; bits behind the text
// are 0. REQUIRES: `masks` has room for (size + 63) / 64.
void punctuation_mask(const char* text, std::size_t size, PunctuationMask* masks);

}  // namespace copydesk
