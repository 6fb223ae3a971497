#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The vector step of finding notices in a page: in which stretches of a text a sign stands that
// only few lines have. All instruction sets give the same bits.

#include <cstddef>
#include <cstdint>

namespace copydesk {

enum PageSign : std::uint8_t {
  kMailSign = 1,       // @
  kAddressSign = 2,    // "://" may stand here, or "www" in any case
  kCopyrightSign = 4,  // the letters in the middle of "copyright", "(c)" in any case, or U+00A9
  kOtherBreak = 8,     // VT, FF, CR, U+0085, U+2028 or U+2029: a line ends otherwise than at LF
};

inline constexpr std::size_t kPageStretch = 256;  // bytes

// Writes the set of signs that begin in each stretch of `text`, the last of which may be shorter.
// REQUIRES: `stretches` has room for (size + 255) / 256.
void page_signs(const char* text, std::size_t size, std::uint8_t* stretches);

}  // namespace copydesk
