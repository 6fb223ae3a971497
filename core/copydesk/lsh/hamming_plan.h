#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which tables find all pairs of fingerprints within a Hamming distance. Fingerprints of 64 bits
// that differ in three agree in one of any four blocks of 16 bits, so four tables, each grouping by
// one block, find them all; wider keys, of several blocks, take more tables and have smaller
// groups.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace copydesk {

// Consecutive bits of a fingerprint.
struct BitBlock {
  std::uint8_t begin = 0;
  std::uint8_t width = 0;
  friend bool operator==(const BitBlock&, const BitBlock&) = default;
};

// Groups fingerprints by the bits of some blocks. No blocks: one group of all.
struct HammingTable {
  std::vector<BitBlock> key;
  std::size_t key_bits = 0;
};

// Two distinct fingerprints that differ in at most `distance` bits agree in all key bits of at
// least one table.
struct HammingPlan {
  std::size_t distance = 0;
  std::vector<HammingTable> tables;
};

// The largest distance for fingerprints of `bits` bits: beyond it no tables save enough.
[[nodiscard]] constexpr std::size_t largest_hamming_distance(std::size_t bits) {
  return bits / 8;
}

// The cheapest plan for `count` fingerprints of `bits` (64 or 128) bits by hamming_cost.
// Throws Error{kInvalidOption} unless distance is in [0, largest_hamming_distance(bits)].
[[nodiscard]] HammingPlan choose_hamming_plan(std::size_t bits, std::size_t distance,
                                              std::size_t count);

// What a plan costs for fingerprints with independent bits, in comparisons of two fingerprints.
[[nodiscard]] double hamming_cost(const HammingPlan& plan, std::size_t count);

// Every plan that choose_hamming_plan chooses from. For tests.
[[nodiscard]] std::vector<HammingPlan> hamming_plans(std::size_t bits, std::size_t distance);

}  // namespace copydesk
