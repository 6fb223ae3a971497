#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Hashes of a line's words: the whole word for keys, its first five characters for terms.
// "Builders" and "building" differ as words and are one term.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "copydesk/text/line_shape.h"

namespace copydesk {

inline constexpr std::uint64_t kKeyFactor = 0x9E3779B97F4A7C15u;
inline constexpr std::uint64_t kTermFactor = 0xD6E8FEB86659FD93u;
inline constexpr std::size_t kTermCharacters = 5;

inline std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ value >> 29) * 0xBF58476D1CE4E5B9u;
  return value ^ value >> 32;
}

// The first 8 bytes of a word, or all of it and zeros. Nothing predicts which words are longer.
// REQUIRES: 8 bytes can be read, and size > 0.
inline std::uint64_t first_bytes(const char* word, std::size_t size) {
  std::uint64_t bytes;
  std::memcpy(&bytes, word, 8);
  return bytes & ~std::uint64_t{0} >> 8 * (8 - std::min<std::size_t>(size, 8));
}

// The hash of a term, a product whose high bits depend on all of it, with its length in the low
// bits.
inline std::uint32_t marked_term(std::uint64_t hash, std::size_t characters) {
  static_assert(kTermOfTwo == 1 && kTermOfFour == 2);
  const std::uint32_t length = static_cast<std::uint32_t>(characters >= 2) |
                               static_cast<std::uint32_t>(characters >= 4) << 1;
  return (static_cast<std::uint32_t>(hash >> 32) & ~3u) | length;
}

// What the first five characters of a word of ASCII hash to.
inline std::uint32_t ascii_term_of(std::size_t size, std::uint64_t first) {
  return marked_term((first & ((std::uint64_t{1} << 8 * kTermCharacters) - 1)) * kTermFactor, size);
}

// The same of any word, of which `first` are the first bytes.
inline std::uint32_t term_of(const char* word, std::size_t size, std::uint64_t first) {
  if ((first & 0x8080808080808080u) == 0) return ascii_term_of(size, first);
  std::uint64_t hash = 0;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    characters += (c & 0xC0) != 0x80 ? 1 : 0;
    if (characters > kTermCharacters) break;
    hash = (hash + c) * kTermFactor;
  }
  return marked_term(hash, characters);
}

// Takes another word into the key of a line, by its first and last eight bytes, its size, and what
// is between them in one of more than 16. `first` are the first bytes, zeros behind a shorter one.
inline std::uint64_t key_with(std::uint64_t key, const char* word, std::size_t size,
                              std::uint64_t first) {
  std::uint64_t last;
  std::memcpy(&last, word + (size > 8 ? size - 8 : 0), 8);
  last &= std::uint64_t{0} - static_cast<std::uint64_t>(size > 8);
  key = ((key ^ first ^ std::rotl(last, 29)) + size) * kKeyFactor;
  key ^= key >> 32;
  for (std::size_t at = 8; at + 8 < size; at += 8) {
    key = (key ^ first_bytes(word + at, 8)) * kKeyFactor;
    key ^= key >> 32;
  }
  return key;
}

}  // namespace copydesk
