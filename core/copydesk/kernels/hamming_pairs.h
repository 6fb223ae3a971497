#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Many fingerprints (SimHash) against many: the pairs that differ in few bits.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/kernels/hamming.h"

namespace copydesk {

// Two positions in one array; first < second.
struct IndexPair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  friend bool operator==(const IndexPair&, const IndexPair&) = default;
};

// A triangle cut out of an array: the queries at [first, last), each against all behind it up to
// `end`. What lies at and behind `end` may be read, and is quickest if 32 more fingerprints do.
struct PairRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t end = 0;
};

// Appends to `pairs` all (i, j) with range.first <= i < range.last, i < j < range.end, of which the
// fingerprints differ in at most `distance` bits. Their order is the same on every instruction set,
// and otherwise not determined.
// REQUIRES: range.first <= range.last <= range.end <= fingerprints.size() <= 2^32.
void append_pairs_within_distance(std::span<const std::uint64_t> fingerprints,
                                  const PairRange& range, std::size_t distance,
                                  std::vector<IndexPair>& pairs);
void append_pairs_within_distance(std::span<const Fingerprint128> fingerprints,
                                  const PairRange& range, std::size_t distance,
                                  std::vector<IndexPair>& pairs);

}  // namespace copydesk
