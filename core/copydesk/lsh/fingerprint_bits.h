#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a join asks of a fingerprint, alike for 64 and 128 bits. Bit 0 is the lowest.

#include <bit>
#include <cstddef>
#include <cstdint>

#include "copydesk/kernels/hamming.h"

namespace copydesk {

template <class Fingerprint>
inline constexpr std::size_t kFingerprintBits = sizeof(Fingerprint) * 8;

// `width` bits from bit `begin` up, as a number. REQUIRES: 1 <= width <= 32, all within the
// fingerprint.
[[nodiscard]] inline std::uint64_t bits_of(std::uint64_t fingerprint, std::size_t begin,
                                           std::size_t width) {
  return (fingerprint >> begin) & ((std::uint64_t{1} << width) - 1);
}
[[nodiscard]] inline std::uint64_t bits_of(const Fingerprint128& fingerprint, std::size_t begin,
                                           std::size_t width) {
  if (begin >= 64) return bits_of(fingerprint.high, begin - 64, width);
  std::uint64_t bits = fingerprint.low >> begin;
  if (begin + width > 64) bits |= fingerprint.high << (64 - begin);
  return bits & ((std::uint64_t{1} << width) - 1);
}

[[nodiscard]] inline std::uint64_t differing_bits(std::uint64_t x, std::uint64_t y) {
  return x ^ y;
}
[[nodiscard]] inline Fingerprint128 differing_bits(const Fingerprint128& x,
                                                   const Fingerprint128& y) {
  return {x.low ^ y.low, x.high ^ y.high};
}

[[nodiscard]] inline std::size_t bit_count(std::uint64_t fingerprint) {
  return static_cast<std::size_t>(std::popcount(fingerprint));
}
[[nodiscard]] inline std::size_t bit_count(const Fingerprint128& fingerprint) {
  return bit_count(fingerprint.low) + bit_count(fingerprint.high);
}

[[nodiscard]] inline bool share_bits(std::uint64_t x, std::uint64_t y) {
  return (x & y) != 0;
}
[[nodiscard]] inline bool share_bits(const Fingerprint128& x, const Fingerprint128& y) {
  return ((x.low & y.low) | (x.high & y.high)) != 0;
}

inline void set_bit(std::uint64_t& fingerprint, std::size_t bit) {
  fingerprint |= std::uint64_t{1} << bit;
}
inline void set_bit(Fingerprint128& fingerprint, std::size_t bit) {
  set_bit(bit < 64 ? fingerprint.low : fingerprint.high, bit % 64);
}

// A number that spreads fingerprints evenly: near ones, too, land far apart. Equal only for equal
// fingerprints of 64 bits, and almost only for those of 128.
[[nodiscard]] inline std::uint64_t spread(std::uint64_t fingerprint) {
  std::uint64_t x = (fingerprint ^ (fingerprint >> 32)) * 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9u;
  return x ^ (x >> 32);
}
[[nodiscard]] inline std::uint64_t spread(const Fingerprint128& fingerprint) {
  return spread(fingerprint.low + 0x94D049BB133111EBu * spread(fingerprint.high));
}

}  // namespace copydesk
