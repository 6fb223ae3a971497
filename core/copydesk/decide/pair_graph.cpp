// SPDX-License-Identifier: Apache-2.0
#include "copydesk/decide/pair_graph.h"

#include <algorithm>
#include <utility>

namespace copydesk {

namespace {

bool comes_before(const PairGraph::Link& link, PairGraph::Place place) {
  return link.other < place;
}

}  // namespace

PairGraph::PairGraph(std::span<const std::uint32_t> ranks, const PairSource& pairs,
                     bool longest_first, std::uint64_t most_pairs) {
  std::vector<bool> has_pair(ranks.size());
  std::vector<std::uint32_t> sizes(longest_first ? ranks.size() : 0);
  pairs([&](std::span<const ScoredPair> part) {
    for (const ScoredPair& pair : part) {
      has_pair[pair.a] = has_pair[pair.b] = true;
      if (!longest_first) continue;
      sizes[pair.a] = pair.overlap.size_a;
      sizes[pair.b] = pair.overlap.size_b;
    }
  });
  for (std::uint32_t document = 0; document < has_pair.size(); ++document) {
    if (has_pair[document]) documents_.push_back(document);
  }
  std::sort(documents_.begin(), documents_.end(), [&](std::uint32_t x, std::uint32_t y) {
    if (longest_first && sizes[x] != sizes[y]) return sizes[x] > sizes[y];
    return ranks[x] < ranks[y];
  });
  places_.assign(ranks.size(), kNoPlace);
  for (Place place = 0; place < size(); ++place) places_[documents_[place]] = place;
  link_up(pairs, most_pairs);
}

// How many pairs with documents before it a document may keep.
std::uint32_t PairGraph::most_before(const PairSource& pairs, std::uint64_t most_pairs) const {
  std::vector<std::uint32_t> counts(size());
  std::uint64_t all = 0;
  pairs([&](std::span<const ScoredPair> part) {
    all += part.size();
    for (const ScoredPair& pair : part) ++counts[std::max(places_[pair.a], places_[pair.b])];
  });
  if (all <= most_pairs) return ~std::uint32_t{0};
  std::sort(counts.begin(), counts.end());
  // Every document with more than the bound keeps as many as the bound.
  std::uint64_t left = most_pairs;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::uint64_t share = left / (counts.size() - i);
    if (counts[i] > share) return std::max(kFewestPairs, static_cast<std::uint32_t>(share));
    left -= counts[i];
  }
  return ~std::uint32_t{0};
}

// Counting sort by place. Pairs come by (a, b), so where documents are visited in their own order
// the links of each are in order already.
void PairGraph::link_up(const PairSource& pairs, std::uint64_t most_pairs) {
  const std::uint32_t most = most_before(pairs, most_pairs);
  std::vector<std::uint32_t> taken(size());
  const auto for_each_kept = [&](auto&& take) {
    std::fill(taken.begin(), taken.end(), 0U);
    pairs([&](std::span<const ScoredPair> part) {
      for (const ScoredPair& pair : part) {
        const Place a = places_[pair.a];
        const Place b = places_[pair.b];
        if (taken[std::max(a, b)]++ < most) take(a, b, pair.overlap);
      }
    });
  };
  sizes_.resize(size());
  starts_.resize(std::size_t{size()} + 1);
  std::uint64_t kept = 0;
  for_each_kept([&](Place a, Place b, const Overlap& overlap) {
    ++kept;
    ++starts_[a + 1];
    ++starts_[b + 1];
    sizes_[a] = overlap.size_a;
    sizes_[b] = overlap.size_b;
  });
  for (Place place = 0; place < size(); ++place) starts_[place + 1] += starts_[place];
  links_.resize(2 * kept);
  std::vector<std::uint64_t> ends(starts_.begin(), starts_.end() - 1);
  for_each_kept([&](Place a, Place b, const Overlap& overlap) {
    links_[ends[a]++] = {b, overlap.shared};
    links_[ends[b]++] = {a, overlap.shared};
  });
  const auto in_order = [](const Link& x, const Link& y) { return x.other < y.other; };
  for (Place place = 0; place < size(); ++place) {
    const auto begin = links_.begin() + static_cast<std::ptrdiff_t>(starts_[place]);
    const auto end = links_.begin() + static_cast<std::ptrdiff_t>(starts_[place + 1]);
    if (!std::is_sorted(begin, end, in_order)) std::sort(begin, end, in_order);
  }
}

std::size_t PairGraph::count_before(Place place) const {
  const std::span<const Link> all = links(place);
  return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), place, comes_before) -
                                  all.begin());
}

PairGraph::Links PairGraph::before(Place place) const {
  Links result{links(place).first(count_before(place)), {}};
  if (const auto added = added_.find(place); added != added_.end()) {
    result.added = added->second.before;
  }
  return result;
}

PairGraph::Links PairGraph::behind(Place place) const {
  Links result{links(place).subspan(count_before(place)), {}};
  if (const auto added = added_.find(place); added != added_.end()) {
    result.added = added->second.behind;
  }
  return result;
}

std::array<std::span<const PairGraph::Link>, 3> PairGraph::all(Place place) const {
  const auto added = added_.find(place);
  if (added == added_.end()) return {links(place)};
  return {links(place), added->second.before, added->second.behind};
}

bool PairGraph::has_pair(Place x, Place y) const {
  if (links(y).size() < links(x).size()) std::swap(x, y);
  const std::span<const Link> all = links(x);
  const auto found = std::lower_bound(all.begin(), all.end(), y, comes_before);
  return found != all.end() && found->other == y;
}

void PairGraph::add(const ScoredPair& pair) {
  const Place x = std::min(places_[pair.a], places_[pair.b]);
  const Place y = std::max(places_[pair.a], places_[pair.b]);
  added_[x].behind.push_back({y, pair.overlap.shared});
  added_[y].before.push_back({x, pair.overlap.shared});
}

}  // namespace copydesk
