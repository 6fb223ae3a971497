// SPDX-License-Identifier: Apache-2.0
#include "copydesk/decide/pair_graph.h"

#include <algorithm>
#include <new>
#include <utility>

namespace copydesk {

namespace {

bool comes_before(const PairGraph::Link& link, PairGraph::Place place) {
  return link.other < place;
}

}  // namespace

PairGraph::PairGraph(std::span<const std::uint32_t> ranks, const PairSource& pairs,
                     bool longest_first, const std::string& folder, std::size_t memory_bytes,
                     std::uint32_t first_new)
    : file_(folder, 0) {
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
    if ((x < first_new) != (y < first_new)) return x < first_new;
    if (longest_first && sizes[x] != sizes[y]) return sizes[x] > sizes[y];
    return ranks[x] < ranks[y];
  });
  places_.assign(ranks.size(), kNoPlace);
  for (Place place = 0; place < size(); ++place) places_[documents_[place]] = place;
  link_up(pairs, memory_bytes);
}

// Lists that do not fit are made for some places after the other, each time from all pairs: that
// reads the pairs a few times instead of writing links all over a file.
void PairGraph::link_up(const PairSource& pairs, std::size_t memory_bytes) {
  sizes_.resize(size());
  starts_.resize(std::size_t{size()} + 1);
  pairs([&](std::span<const ScoredPair> part) {
    for (const ScoredPair& pair : part) {
      ++starts_[places_[pair.a] + 1];
      ++starts_[places_[pair.b] + 1];
      sizes_[places_[pair.a]] = pair.overlap.size_a;
      sizes_[places_[pair.b]] = pair.overlap.size_b;
    }
  });
  for (Place place = 0; place < size(); ++place) starts_[place + 1] += starts_[place];
  const std::uint64_t most = memory_bytes / sizeof(Link);
  if (starts_.back() <= most) {
    window_ = links_of(0, size(), pairs);
    return;
  }
  for (Place first = 0, end = 0; first < size(); first = end) {
    while (end < size() && (end == first || starts_[end + 1] - starts_[first] <= most)) ++end;
    file_.append(links_of(first, end, pairs));
  }
}

// Counting sort by place. Pairs come by (a, b), so where documents are visited in their own order
// the links of each are in order already.
std::vector<PairGraph::Link> PairGraph::links_of(Place first, Place end,
                                                 const PairSource& pairs) const {
  const std::uint64_t base = starts_[first];
  std::vector<Link> found(starts_[end] - base);
  std::vector<std::uint64_t> ends(starts_.begin() + first, starts_.begin() + end);
  const auto put = [&](Place place, const Link& link) {
    if (place >= first && place < end) found[ends[place - first]++ - base] = link;
  };
  pairs([&](std::span<const ScoredPair> part) {
    for (const ScoredPair& pair : part) {
      const Place a = places_[pair.a];
      const Place b = places_[pair.b];
      put(a, {b, pair.overlap.shared});
      put(b, {a, pair.overlap.shared});
    }
  });
  const auto in_order = [](const Link& x, const Link& y) { return x.other < y.other; };
  for (Place place = first; place < end; ++place) {
    const auto begin = found.begin() + static_cast<std::ptrdiff_t>(starts_[place] - base);
    const auto behind = found.begin() + static_cast<std::ptrdiff_t>(starts_[place + 1] - base);
    if (!std::is_sorted(begin, behind, in_order)) std::sort(begin, behind, in_order);
  }
  return found;
}

// Whoever goes through the places in order has the next lists read along.
std::span<const PairGraph::Link> PairGraph::links(Place place) const {
  constexpr std::uint64_t kReadAhead = std::uint64_t{1} << 15;
  const std::uint64_t begin = starts_[place];
  const std::uint64_t end = starts_[place + 1];
  const std::uint64_t window_end = window_begin_ + window_.size();
  if (begin < window_begin_ || end > window_end) {
    const bool is_next = begin >= window_begin_ && begin <= window_end;
    const std::uint64_t wanted = std::max(end - begin, is_next ? kReadAhead : 0);
    window_.resize(std::min(wanted, starts_.back() - begin));
    window_begin_ = begin;
    file_.read(begin, window_);
  }
  return std::span<const Link>(window_).subspan(begin - window_begin_, end - begin);
}

std::size_t PairGraph::count_before(Place place) const {
  const std::span<const Link> all = links(place);
  return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), place, comes_before) -
                                  all.begin());
}

std::span<const PairGraph::Link> PairGraph::before(Place place) const {
  return links(place).first(count_before(place));
}

std::span<const PairGraph::Link> PairGraph::behind(Place place) const {
  return links(place).subspan(count_before(place));
}

bool PairGraph::has_pair(Place x, Place y) const {
  if (links(y).size() < links(x).size()) std::swap(x, y);
  const std::span<const Link> all = links(x);
  const auto found = std::lower_bound(all.begin(), all.end(), y, comes_before);
  return found != all.end() && found->other == y;
}

void PairGraph::add(std::span<const ScoredPair> pairs) {
  if (2 * pairs.size() >= kNoPlace - added_size_) throw std::bad_alloc();  // beyond 50 GB of them
  if (first_added_.empty()) first_added_.assign(size(), kNoPlace);
  const auto put = [this](Place place, const Link& link) {
    if (added_size_ % kChunk == 0)
      added_.push_back(std::make_unique_for_overwrite<Added[]>(kChunk));
    added_.back()[added_size_ % kChunk] = {link, first_added_[place]};
    first_added_[place] = added_size_++;
  };
  for (const ScoredPair& pair : pairs) {
    const Place a = places_[pair.a];
    const Place b = places_[pair.b];
    put(a, {b, pair.overlap.shared});
    put(b, {a, pair.overlap.shared});
  }
}

}  // namespace copydesk
