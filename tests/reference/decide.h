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

// The order in which documents are visited.
inline std::vector<std::uint32_t> visits(std::span<const std::uint32_t> ranks,
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
  return order;
}

// For every document the one kept in its place. Documents stand for themselves alone.
inline std::vector<std::uint32_t> kept_for(std::span<const std::uint32_t> ranks,
                                           std::span<const ScoredPair> pairs,
                                           const DecideOptions& options) {
  const std::vector<std::uint32_t> order = visits(ranks, pairs, options);
  std::vector<std::uint32_t> result(ranks.size());
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

// For each document the kept ones before it in the order of visits that it may be removed for: one
// of the two has a pair with a document that was removed for the other. Only where the document is
// kept.
inline std::map<std::uint32_t, std::set<std::uint32_t>> leads_of(
    std::span<const std::uint32_t> kept_for, std::span<const std::uint32_t> positions,
    std::span<const ScoredPair> pairs) {
  std::map<std::uint32_t, std::set<std::uint32_t>> leads;  // of positions
  for (const ScoredPair& pair : pairs) {
    for (const auto& [x, y] : {std::pair{pair.a, pair.b}, std::pair{pair.b, pair.a}}) {
      const std::uint32_t other = kept_for[y];
      if (kept_for[x] != x || other == y || other == x) continue;
      const auto [first, second] = std::minmax({positions[x], positions[other]});
      leads[second].insert(first);
    }
  }
  return leads;
}

// For each removed document the kept ones that it has a pair with, as positions.
inline std::map<std::uint32_t, std::set<std::uint32_t>> kept_neighbors(
    std::span<const std::uint32_t> kept_for, std::span<const std::uint32_t> positions,
    std::span<const ScoredPair> pairs) {
  std::map<std::uint32_t, std::set<std::uint32_t>> neighbors;
  for (const ScoredPair& pair : pairs) {
    for (const auto& [x, y] : {std::pair{pair.a, pair.b}, std::pair{pair.b, pair.a}}) {
      if (kept_for[x] == x && kept_for[y] != y) neighbors[y].insert(positions[x]);
    }
  }
  return neighbors;
}

// For each document the first of those it hangs together with.
inline std::vector<std::uint32_t> components(std::size_t documents,
                                             std::span<const ScoredPair> pairs) {
  std::vector<std::uint32_t> first(documents);
  std::iota(first.begin(), first.end(), 0U);
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (const ScoredPair& pair : pairs) {
      const std::uint32_t least = std::min(first[pair.a], first[pair.b]);
      is_changed = is_changed || first[pair.a] != least || first[pair.b] != least;
      first[pair.a] = first[pair.b] = least;
    }
  }
  return first;
}

// Decides, looks again as decide/decider.h says, adds what `verify` accepts, and decides again,
// until nothing is left to look at.
template <class Verify>
Decided decide_with_looks(std::span<const std::uint32_t> ranks, std::vector<ScoredPair> pairs,
                          const DecideOptions& options, Verify&& verify) {
  Decided result;
  const std::vector<std::uint32_t> order = visits(ranks, pairs, options);
  std::vector<std::uint32_t> positions(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) positions[order[i]] = i;
  std::set<CandidatePair> known;
  for (const ScoredPair& pair : pairs) known.insert({pair.a, pair.b});
  std::map<std::uint32_t, std::size_t> looks;  // by position, since one passed
  const std::vector<std::uint32_t> component_of = components(ranks.size(), pairs);
  std::vector<std::uint32_t> before(ranks.size());
  std::iota(before.begin(), before.end(), 0U);
  for (;;) {
    result.kept_for = kept_for(ranks, pairs, options);
    std::set<CandidatePair> look;
    const auto list = [&](std::uint32_t x, std::uint32_t y) {
      const CandidatePair candidate{std::min(order[x], order[y]), std::max(order[x], order[y])};
      return known.insert(candidate).second && look.insert(candidate).second;
    };
    for (const auto& [document, firsts] : leads_of(result.kept_for, positions, pairs)) {
      const std::size_t so_far = looks[document];
      const std::size_t most = so_far == 0 ? 2 : std::max<std::size_t>(16, 2 * so_far);
      for (const std::uint32_t first : firsts) {
        if (looks[document] < most && list(first, document)) ++looks[document];
      }
    }
    for (std::uint32_t document = 0; document < ranks.size(); ++document) {
      const std::uint32_t keeper = before[document];
      if (keeper == document || result.kept_for[document] == document) continue;
      const std::uint32_t next = result.kept_for[keeper];
      if (next == keeper || positions[next] >= positions[result.kept_for[document]]) continue;
      list(positions[next], positions[document]);
    }
    std::set<std::uint32_t> busy;  // components
    for (const CandidatePair& candidate : look) busy.insert(component_of[candidate.a]);
    for (const auto& [removed, kept] : kept_neighbors(result.kept_for, positions, pairs)) {
      if (busy.contains(component_of[removed])) continue;
      const std::vector<std::uint32_t> all(kept.begin(), kept.end());
      for (std::size_t i = 0; i < std::min<std::size_t>(4, all.size()); ++i) {
        for (std::size_t j = i + 1; j < all.size(); ++j) list(all[i], all[j]);
      }
    }
    if (look.empty()) break;
    before = result.kept_for;
    for (const CandidatePair& candidate : look) {
      result.looked_at.push_back(candidate);
      const std::size_t count = pairs.size();
      verify(candidate, pairs);
      if (pairs.size() > count) looks[std::max(positions[candidate.a], positions[candidate.b])] = 0;
    }
  }
  result.pairs = std::move(pairs);
  return result;
}

}  // namespace copydesk::reference
