#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Differing bits of one fingerprint (SimHash) against many, and of two bitmaps. 1011 and 0010 differ in two
// bits.

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

struct Fingerprint128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const Fingerprint128&, const Fingerprint128&) = default;
};

// distances[i] = bits in which `query` and fingerprints[i] differ.
// REQUIRES: distances.size() == fingerprints.size().
void hamming_distances(std::uint64_t query, std::span<const std::uint64_t> fingerprints,
                       std::span<std::uint8_t> distances);
void hamming_distances(const Fingerprint128& query, std::span<const Fingerprint128> fingerprints,
                       std::span<std::uint8_t> distances);

// Writes the indices of the fingerprints that differ from `query` in at most `distance` bits to the
// front of `indices`, ascending, and returns how many.
// REQUIRES: indices.size() >= fingerprints.size(), fingerprints.size() <= 2^32.
std::size_t find_within_distance(std::uint64_t query, std::span<const std::uint64_t> fingerprints,
                                 std::size_t distance, std::span<std::uint32_t> indices);
std::size_t find_within_distance(const Fingerprint128& query,
                                 std::span<const Fingerprint128> fingerprints, std::size_t distance,
                                 std::span<std::uint32_t> indices);

// The bits in which two bitmaps differ. REQUIRES: a.size() == b.size().
[[nodiscard]] std::size_t count_differing_bits(std::span<const std::uint64_t> a,
                                               std::span<const std::uint64_t> b);

}  // namespace copydesk
