// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/simhash.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <vector>

#include "copydesk/kernels/bit_majority.h"

namespace copydesk {

namespace {

// The finalizer of MurmurHash3 (A. Appleby), after an odd constant that moves 0.
std::vector<std::uint64_t> hash_once_more(std::span<const std::uint64_t> features) {
  std::vector<std::uint64_t> hashed(features.begin(), features.end());
  for (std::uint64_t& x : hashed) {
    x += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
    x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
    x ^= x >> 33;
  }
  return hashed;
}

// log2 of x >= 1 in sixteenths, rounded down: the digits behind the point are those by which squares
// pass 2.
std::uint32_t log2_sixteenths(std::uint64_t x) {
  constexpr int kDigits = 4;
  const int whole = static_cast<int>(std::bit_width(x)) - 1;
  // x / 2^whole, in [1, 2), with 31 bits behind the point.
  std::uint64_t rest = whole <= 31 ? x << (31 - whole) : x >> (whole - 31);
  auto log = static_cast<std::uint32_t>(whole);
  for (int digit = 0; digit < kDigits; ++digit) {
    rest = (rest * rest) >> 31;
    const bool passes = rest >= std::uint64_t{1} << 32;
    log = log * 2 + (passes ? 1 : 0);
    if (passes) rest >>= 1;
  }
  return log;
}

}  // namespace

std::uint64_t simhash_64(std::span<const std::uint64_t> features) {
  return bit_majority(features);
}

Fingerprint128 simhash_128(std::span<const std::uint64_t> features) {
  return {bit_majority(features), bit_majority(hash_once_more(features))};
}

std::uint64_t simhash_64(std::span<const std::uint64_t> features,
                         std::span<const std::uint32_t> weights) {
  return bit_majority(features, weights);
}

Fingerprint128 simhash_128(std::span<const std::uint64_t> features,
                           std::span<const std::uint32_t> weights) {
  return {bit_majority(features, weights), bit_majority(hash_once_more(features), weights)};
}

std::uint32_t idf_weight(std::uint64_t documents, std::uint64_t frequency) {
  // Both doubled: (2 documents + 2) / (2 frequency + 1).
  const std::uint32_t all = log2_sixteenths(2 * documents + 2);
  const std::uint32_t own = log2_sixteenths(2 * frequency + 1);
  return all > own ? all - own : 0;
}

double simhash_probability(std::size_t bits, std::size_t distance, double cosine) {
  const double differs = std::acos(std::clamp(cosine, 0.0, 1.0)) / std::numbers::pi;
  double term = std::pow(1.0 - differs, static_cast<double>(bits));
  double sum = term;
  for (std::size_t i = 1; i <= distance; ++i) {
    term *= differs / (1.0 - differs) * static_cast<double>(bits - i + 1) / static_cast<double>(i);
    sum += term;
  }
  return std::min(sum, 1.0);
}

}  // namespace copydesk
