#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Hashes of all windows of a sequence of 64-bit hashes: the step from tokens to shingles. All
// arithmetic is modulo 2^64 and gives the same numbers on every instruction set.

#include <cstddef>
#include <cstdint>

namespace copydesk {

// The weight of the token that stands d places before the last one of its window is the d-th power
// of this number: 2^64 divided by the golden ratio, made odd.
inline constexpr std::uint64_t kShingleBase = 0x9E3779B97F4A7C15u;

// Spreads every bit of a weighted sum over the whole result. A bijection.
[[nodiscard]] constexpr std::uint64_t mix_shingle(std::uint64_t sum) {
  sum ^= sum >> 32;
  sum *= 0xD6E8FEB86659FD93u;
  sum ^= sum >> 29;
  return sum;
}

// Writes for every i in [0, count - size] to out[i]
//   mix_shingle(sum over j in [0, size) of tokens[i + j] * kShingleBase^(size - 1 - j)).
// Time O(count) whatever the size. Writes nothing when count < size.
// REQUIRES: size >= 1; `out` has room for count - size + 1 numbers and does not overlap `tokens`.
void hash_shingles(const std::uint64_t* tokens, std::size_t count, std::size_t size,
                   std::uint64_t* out);

}  // namespace copydesk
