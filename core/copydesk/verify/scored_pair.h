#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What an exact comparison of two documents gives. Shingle sets of 10 and 8 that share 6 are the
// Overlap {6, 10, 8}: its Jaccard similarity is 6 / 12, and .6 of the first is found in the second,
// .75 of the second in the first.

#include <cstdint>

namespace copydesk {

// How much two shingle sets have in common, exactly.
struct Overlap {
  std::uint32_t shared = 0;  // |A n B|
  std::uint32_t size_a = 0;  // |A|
  std::uint32_t size_b = 0;  // |B|

  // |A n B| / |A u B|; 1 for two empty sets.
  [[nodiscard]] double jaccard() const {
    const double all = static_cast<double>(size_a) + size_b - shared;
    return all == 0 ? 1.0 : shared / all;
  }
  // The share of A that is found in B, and of B found in A; 1 where the set is empty.
  [[nodiscard]] double containment_a() const {
    return size_a == 0 ? 1.0 : static_cast<double>(shared) / size_a;
  }
  [[nodiscard]] double containment_b() const {
    return size_b == 0 ? 1.0 : static_cast<double>(shared) / size_b;
  }
  [[nodiscard]] Overlap swapped() const { return {shared, size_b, size_a}; }
  friend bool operator==(const Overlap&, const Overlap&) = default;
};

// Two documents (by number, a < b) that were compared exactly and passed the rule.
struct ScoredPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Overlap overlap;
  friend bool operator==(const ScoredPair&, const ScoredPair&) = default;
};

}  // namespace copydesk
