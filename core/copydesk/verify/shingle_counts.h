#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Of texts of few distinct tokens, what their shingle sets do not tell: how often each shingle
// occurs, and in what order the tokens stand. By shingles of two words, "a b a b a b" and "a b a b"
// have the same set; the first has "a b" three times, the second twice.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/verify/scored_pair.h"

namespace copydesk {

struct ShingleCounts {
  std::vector<std::uint32_t> counts;  // of each shingle of the set, in its order; empty if ...
  std::uint32_t telling_length = 0;   // ... this is 0: it is no text of few tokens (telling_length)
  // For shingles of characters, how many characters are as telling as words would have to be; else
  // 0. Shingles of 5 characters recur in every text, few as its words may be.
  std::uint32_t order_length = 0;
  std::vector<std::uint32_t> tokens;  // low halves of the hashes of what shingles are made of
};

// The counts of `set`, which are the distinct values of `shingles`, ascending.
[[nodiscard]] std::vector<std::uint32_t> count_shingles(std::span<const std::uint64_t> shingles,
                                                        std::span<const std::uint64_t> set);

// One text, as views of the above; without counts and tokens, unless it has few of these.
struct CountedShingles {
  std::span<const std::uint64_t> set;
  std::span<const std::uint32_t> counts;
  std::span<const std::uint32_t> tokens;
  std::size_t telling_length = 0;
  std::size_t order_length = 0;
};

// Overlap of multisets: a shingle that is there twice and three times counts two in common. In a
// text without counts, which is no text of few tokens, each is there once.
[[nodiscard]] Overlap counted_overlap(const CountedShingles& a, const CountedShingles& b);
// Overlap of all windows of `length` tokens, as multisets or as sets. REQUIRES: length >= 1.
[[nodiscard]] Overlap window_overlap(std::span<const std::uint32_t> a,
                                     std::span<const std::uint32_t> b, std::size_t length,
                                     bool counted);

// The Jaccard similarity that texts have for shingles of `length` tokens if it is `jaccard` for
// those of `size` and what they differ by is spread over them: an edit strikes `length` shingles
// instead of `size`. (0.8 for 5 is 0.70 for 8, 0.54 for 15.) Not below 0.3, or `jaccard` if that is
// less.
[[nodiscard]] double jaccard_at_length(double jaccard, std::size_t size, std::size_t length);
// The same for the share of a text that is found in another.
[[nodiscard]] double containment_at_length(double containment, std::size_t size,
                                           std::size_t length);

}  // namespace copydesk
