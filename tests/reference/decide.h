#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Plain versions of what decide/decider.h does step by step: all of it over again each time.

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "copydesk/decide/decider.h"

namespace copydesk::reference {

struct Decided {
  std::vector<std::uint32_t> kept_for;
  std::vector<CandidatePair> looked_at;  // in the order of the looks
  std::vector<ScoredPair> pairs;         // with those that the looks added
};

// For every document the one kept in its place. Documents stand for themselves alone.
inline std::vector<std::uint32_t> kept_for(std::span<const std::uint32_t> ranks,
                                           std::span<const ScoredPair> pairs,
                                           const DecideOptions& options) {
  const auto count = static_cast<std::uint32_t>(ranks.size());
  std::vector<std::uint32_t> sizes(count);
  for (const ScoredPair& pair : pairs) {
    sizes[pair.a] = pair.overlap.size_a;
    sizes[pair.b] = pair.overlap.size_b;
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
    if (options.containment > 0.0 && sizes[x] != sizes[y]) return sizes[x] > sizes[y];
    return ranks[x] < ranks[y];
  });
  std::vector<std::uint32_t> result(count);
  std::vector<std::uint32_t> kept;  // in order
  for (const std::uint32_t document : order) {
    result[document] = document;
    const auto first = std::find_if(kept.begin(), kept.end(), [&](std::uint32_t other) {
      return std::any_of(pairs.begin(), pairs.end(), [&](const ScoredPair& pair) {
        if (std::minmax(pair.a, pair.b) != std::minmax(document, other)) return false;
        const Overlap overlap = pair.a == document ? pair.overlap : pair.overlap.swapped();
        return overlap.jaccard() >= options.jaccard ||
               (options.containment > 0.0 && overlap.containment_a() >= options.containment);
      });
    });
    if (first == kept.end()) {
      kept.push_back(document);
    } else {
      result[document] = *first;
    }
  }
  return result;
}

// Decides, looks again where a kept document has a pair with one that was removed for another, adds
// what `verify` accepts, and decides again, until nothing is left to look at.
template <class Verify>
Decided decide_with_looks(std::span<const std::uint32_t> ranks, std::vector<ScoredPair> pairs,
                          const DecideOptions& options, Verify&& verify) {
  Decided result;
  std::set<CandidatePair> known;
  for (const ScoredPair& pair : pairs) known.insert({pair.a, pair.b});
  for (;;) {
    result.kept_for = kept_for(ranks, pairs, options);
    std::set<CandidatePair> look;
    for (const ScoredPair& pair : pairs) {
      for (const auto& [x, y] : {std::pair{pair.a, pair.b}, std::pair{pair.b, pair.a}}) {
        const std::uint32_t other = result.kept_for[y];
        if (result.kept_for[x] != x || other == y || other == x) continue;
        const CandidatePair candidate{std::min(x, other), std::max(x, other)};
        if (!known.contains(candidate)) look.insert(candidate);
      }
    }
    if (look.empty()) break;
    for (const CandidatePair& candidate : look) {
      known.insert(candidate);
      result.looked_at.push_back(candidate);
      verify(candidate, pairs);
    }
  }
  result.pairs = std::move(pairs);
  return result;
}

}  // namespace copydesk::reference
