#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The hash of a token of at most 16 bytes, without a branch on its length: branches on the lengths of
// words are mispredicted so often that they cost more than all the rest of the tokenizer.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace copydesk {

inline constexpr std::size_t kShortToken = 16;

// Their lowest bytes stand in no token, so the factors of the product are never 0.
inline constexpr std::uint64_t kTokenLowKey = 0x9E3779B97F4A7C2Du;
inline constexpr std::uint64_t kTokenHighKey = 0xD1B54A32D192ED3Bu;
inline constexpr std::uint64_t kTokenFactor = 0xA24BAED4963EE407u;

// Hash of the `size` bytes at `token`.
// REQUIRES: size is in [1, 16]; 16 bytes are readable at `token`.
[[nodiscard]] inline std::uint64_t hash_short_token(const char* token, std::size_t size) {
  static constexpr unsigned char kBytes[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                               0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  std::uint64_t low, high, low_mask, high_mask;
  std::memcpy(&low, token, 8);
  std::memcpy(&high, token + 8, 8);
  std::memcpy(&low_mask, kBytes + 16 - size, 8);
  std::memcpy(&high_mask, kBytes + 24 - size, 8);
  __extension__ using Product = unsigned __int128;
  const Product product = Product{(low & low_mask) ^ kTokenLowKey} * ((high & high_mask) ^ kTokenHighKey);
  std::uint64_t hash =
      static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  hash ^= hash >> 32;
  hash *= kTokenFactor;
  return hash ^ hash >> 29;
}

}  // namespace copydesk
