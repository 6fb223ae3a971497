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

PairGraph::PairGraph(std::span<const std::uint32_t> ranks, std::vector<ScoredPair> pairs,
                     bool longest_first, std::uint32_t first_new) {
  std::vector<bool> has_pair(ranks.size());
  std::vector<std::uint32_t> sizes(longest_first ? ranks.size() : 0);
  for (const ScoredPair& pair : pairs) {
    has_pair[pair.a] = has_pair[pair.b] = true;
    if (!longest_first) continue;
    sizes[pair.a] = pair.overlap.size_a;
    sizes[pair.b] = pair.overlap.size_b;
  }
  for (std::uint32_t document = 0; document < has_pair.size(); ++document) {
    if (has_pair[document]) documents_.push_back(document);
  }
  std::sort(documents_.begin(), documents_.end(), [&](std::uint32_t x, std::uint32_t y) {
    if ((x < first_new) != (y < first_new)) return x < first_new;
    if (longest_first && sizes[x] != sizes[y]) return sizes[x] > sizes[y];
    return ranks[x] < ranks[y];
  });
  places_.assign(ranks.size(), kNoPlace);
  for (Place place = 0; place < size(); ++place) places_[documents_[place]] = place;
  link_up(pairs);
}

// Counting sort by place. Pairs come by (a, b), so where documents are visited in their own order
// the links of each are in order already.
void PairGraph::link_up(std::span<const ScoredPair> pairs) {
  sizes_.resize(size());
  starts_.resize(std::size_t{size()} + 1);
  for (const ScoredPair& pair : pairs) {
    ++starts_[places_[pair.a] + 1];
    ++starts_[places_[pair.b] + 1];
    sizes_[places_[pair.a]] = pair.overlap.size_a;
    sizes_[places_[pair.b]] = pair.overlap.size_b;
  }
  for (Place place = 0; place < size(); ++place) starts_[place + 1] += starts_[place];
  links_.resize(2 * pairs.size());
  std::vector<std::uint64_t> ends(starts_.begin(), starts_.end() - 1);
  for (const ScoredPair& pair : pairs) {
    const Place a = places_[pair.a];
    const Place b = places_[pair.b];
    links_[ends[a]++] = {b, pair.overlap.shared};
    links_[ends[b]++] = {a, pair.overlap.shared};
  }
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
