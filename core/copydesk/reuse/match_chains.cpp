// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/match_chains.h"

#include <algorithm>

namespace copydesk {

namespace {

constexpr std::size_t kMostPredecessors = 400;
constexpr ChainScore kPerToken = 10;

}  // namespace

void link_matches(std::span<const SharedRun> matches, std::size_t most_gap,
                  std::vector<ChainLink>& links) {
  links.resize(matches.size());
  // How far in a the matches up to each go: behind one that all end too early for, none is tried.
  std::vector<std::size_t> reach(matches.size());
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const SharedRun& next = matches[i];
    ChainLink& link = links[i];
    link = {static_cast<ChainScore>(next.length) * kPerToken, ChainLink::kNone};
    reach[i] = std::max(i > 0 ? reach[i - 1] : 0, next.begin_a + next.length);
    const std::size_t lowest = i > kMostPredecessors ? i - kMostPredecessors : 0;
    for (std::size_t p = i; p-- > lowest;) {
      if (reach[p] + most_gap < next.begin_a) break;
      const SharedRun& previous = matches[p];
      if (previous.begin_a >= next.begin_a || previous.begin_b >= next.begin_b) continue;
      const std::size_t overlap = overlap_of(previous, next);
      if (overlap >= next.length) continue;
      const std::size_t gap_a = next.begin_a + overlap - previous.begin_a - previous.length;
      const std::size_t gap_b = next.begin_b + overlap - previous.begin_b - previous.length;
      if (gap_a > most_gap || gap_b > most_gap) continue;
      const std::size_t skew = std::max(gap_a, gap_b) - std::min(gap_a, gap_b);
      const ChainScore score = links[p].score +
                               static_cast<ChainScore>(next.length - overlap) * kPerToken -
                               static_cast<ChainScore>(skew);
      if (score > link.score) link = {score, static_cast<std::uint32_t>(p)};
    }
  }
}

}  // namespace copydesk
