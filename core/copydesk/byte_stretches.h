#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where the next byte of some kind is, for kinds that take more than one comparison and are rare.
// Compilers turn the loops over stretches into vector code if `is` has no branches.
//
//   find_byte(text, 0, [](unsigned char c) { return (c < 0x20) | (c == '"'); });

#include <cstddef>
#include <string_view>

namespace copydesk {

// Behind the whole stretches of 32 bytes from `at` on in which `is` holds for no byte.
// REQUIRES: at <= text.size().
template <class Is>
std::size_t skip_stretches(std::string_view text, std::size_t at, Is is) {
  constexpr std::size_t kStretch = 32;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  for (; at + kStretch <= text.size(); at += kStretch) {
    unsigned char found = 0;
    for (std::size_t i = 0; i < kStretch; ++i) {
      found |= static_cast<unsigned char>(is(bytes[at + i]));
    }
    if (found != 0) break;
  }
  return at;
}

// From `at` on, the first byte that `is` holds for, or text.size(). REQUIRES: at <= text.size().
template <class Is>
std::size_t find_byte(std::string_view text, std::size_t at, Is is) {
  at = skip_stretches(text, at, is);
  while (at < text.size() && !is(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

}  // namespace copydesk
