#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Exact matches to chains: matches that follow each other at about the same distance in both texts
// belong to one passage.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/verify/shared_run.h"

namespace copydesk {

// Ten times what a token is worth, so that a tenth can be taken off for each token by which two
// gaps differ.
using ChainScore = std::int64_t;

// The best way to go on from each match to the left.
struct ChainLink {
  ChainScore score = 0;  // of the best chain that ends with this match
  std::uint32_t previous = kNone;
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
};

// Replaces `links`, one per match. Matches that follow each other are at most `most_gap` tokens
// apart on either side. REQUIRES: `matches` are sorted by begin_a, then begin_b. A match is tried
// behind at most 400 others, which bounds the work for texts that repeat themselves throughout.
void link_matches(std::span<const SharedRun> matches, std::size_t most_gap,
                  std::vector<ChainLink>& links);

// The tokens by which `next` must be cut at its beginning to come after `previous` in both texts.
[[nodiscard]] inline std::size_t overlap_of(const SharedRun& previous, const SharedRun& next) {
  const std::size_t end_a = previous.begin_a + previous.length;
  const std::size_t end_b = previous.begin_b + previous.length;
  const std::size_t in_a = end_a > next.begin_a ? end_a - next.begin_a : 0;
  const std::size_t in_b = end_b > next.begin_b ? end_b - next.begin_b : 0;
  return std::max(in_a, in_b);
}

}  // namespace copydesk
