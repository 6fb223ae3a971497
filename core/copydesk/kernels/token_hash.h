#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The hash of a token of at most 32 bytes, without a branch on its length: branches on the lengths
// of words are mispredicted so often that they cost more than all the rest of the tokenizer.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace copydesk {

// Tokens of at most kShortToken bytes need half of the work, and still less those of at most
// kTinyToken. Which function is fastest for a text depends on how often words are longer; where
// several apply, they give the same hash.
inline constexpr std::size_t kTinyToken = 8;
inline constexpr std::size_t kShortToken = 16;
inline constexpr std::size_t kMiddleToken = 32;

// Their lowest bytes stand in no token, so a factor of a product is never 0.
inline constexpr std::uint64_t kTokenKeys[4] = {0x9E3779B97F4A7C2Du, 0xD1B54A32D192ED3Bu,
                                                0x8CB92BA72F3D8D7Du, 0xC2B2AE3D27D4EB2Fu};
inline constexpr std::uint64_t kTokenFactor = 0xA24BAED4963EE407u;

namespace token_hash_detail {

// Both halves of the product of 128 bits, by exclusive or.
[[nodiscard]] constexpr std::uint64_t fold_product(std::uint64_t a, std::uint64_t b) {
  __extension__ using Product = unsigned __int128;
  const Product product = Product{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

struct Mask {
  unsigned char bytes[64] = {};
  constexpr Mask() {
    for (int i = 0; i < 32; ++i) bytes[i] = 0xFF;
  }
};
// Hidden, because a table that another library might replace takes one more load.
[[gnu::visibility("hidden")]] inline constexpr Mask kMask;

// Bytes [8 * part, 8 * part + 8) of the token as a little-endian number, 0 behind its end.
[[nodiscard]] inline std::uint64_t load_part(const char* token, std::size_t size,
                                             std::size_t part) {
  std::uint64_t bytes, mask;
  std::memcpy(&bytes, token + 8 * part, 8);
  std::memcpy(&mask, kMask.bytes + 32 - size + 8 * part, 8);
  return bytes & mask;
}

[[nodiscard]] constexpr std::uint64_t finish(std::uint64_t hash) {
  hash ^= hash >> 32;
  hash *= kTokenFactor;
  return hash ^ hash >> 29;
}

}  // namespace token_hash_detail

// REQUIRES: size is in [1, 8]; 8 bytes are readable at `token`.
[[nodiscard]] inline std::uint64_t hash_tiny_token(const char* token, std::size_t size) {
  using namespace token_hash_detail;
  const std::uint64_t first =
      fold_product(load_part(token, size, 0) ^ kTokenKeys[0], kTokenKeys[1]);
  return finish(first ^ fold_product(kTokenKeys[2], kTokenKeys[3]));
}

// REQUIRES: size is in [1, 16]; 16 bytes are readable at `token`.
[[nodiscard]] inline std::uint64_t hash_short_token(const char* token, std::size_t size) {
  using namespace token_hash_detail;
  const std::uint64_t first = fold_product(load_part(token, size, 0) ^ kTokenKeys[0],
                                           load_part(token, size, 1) ^ kTokenKeys[1]);
  return finish(first ^ fold_product(kTokenKeys[2], kTokenKeys[3]));
}

// REQUIRES: size is in [1, 32]; 32 bytes are readable at `token`.
[[nodiscard]] inline std::uint64_t hash_middle_token(const char* token, std::size_t size) {
  using namespace token_hash_detail;
  const std::uint64_t first = fold_product(load_part(token, size, 0) ^ kTokenKeys[0],
                                           load_part(token, size, 1) ^ kTokenKeys[1]);
  const std::uint64_t second = fold_product(load_part(token, size, 2) ^ kTokenKeys[2],
                                            load_part(token, size, 3) ^ kTokenKeys[3]);
  return finish(first ^ second);
}

}  // namespace copydesk
