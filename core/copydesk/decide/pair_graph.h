#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Scored pairs as a graph that is walked from its documents: who was compared with whom, in the
// order in which documents are visited.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// Memory: 8 bytes a document, 12 more for each that has a pair, and 16 for each pair; twice that
// while it is made.
class PairGraph {
 public:
  // Of a document in the order of visits. Only documents with pairs have one.
  using Place = std::uint32_t;
  static constexpr Place kNoPlace = 0xFFFFFFFF;

  // A pair seen from one of its documents.
  struct Link {
    Place other = 0;
    std::uint32_t shared = 0;
  };

  // By rank, the lowest first; with `longest_first`, by size, and by rank among equal sizes. The
  // documents below `first_new` come before all others.
  // REQUIRES: `pairs` as given to Decider.
  PairGraph(std::span<const std::uint32_t> ranks, std::vector<ScoredPair> pairs,
            bool longest_first, std::uint32_t first_new = 0);

  // All places are below.
  [[nodiscard]] Place size() const { return static_cast<Place>(documents_.size()); }
  [[nodiscard]] std::uint32_t document(Place place) const { return documents_[place]; }
  // kNoPlace for a document without pairs.
  [[nodiscard]] Place place(std::uint32_t document) const { return places_[document]; }

  [[nodiscard]] Overlap overlap(Place place, const Link& link) const {
    return {link.shared, sizes_[place], sizes_[link.other]};
  }

  // Links to documents before and behind it; valid until the next add(). Of the first ones, the
  // list that was there from the beginning, in order, and what was added.
  struct Links {
    std::span<const Link> ordered;
    std::span<const Link> added;
  };
  [[nodiscard]] Links before(Place place) const;
  [[nodiscard]] Links behind(Place place) const;
  // All of them.
  [[nodiscard]] std::array<std::span<const Link>, 3> all(Place place) const;

  // Among the pairs of the constructor.
  [[nodiscard]] bool has_pair(Place x, Place y) const;

  // REQUIRES: a pair of documents that have a place, which is not in the graph.
  void add(const ScoredPair& pair);

 private:
  struct Added {
    std::vector<Link> before;
    std::vector<Link> behind;
  };

  [[nodiscard]] std::span<const Link> links(Place place) const {
    return std::span(links_).subspan(starts_[place], starts_[place + 1] - starts_[place]);
  }
  [[nodiscard]] std::size_t count_before(Place place) const;
  void link_up(std::span<const ScoredPair> pairs);

  std::vector<std::uint32_t> documents_;  // by place
  std::vector<Place> places_;             // by document
  std::vector<std::uint32_t> sizes_;      // by place, of the shingle sets
  std::vector<std::uint64_t> starts_;     // by place, into links_; one more than places
  std::vector<Link> links_;               // of each place in order
  std::unordered_map<Place, Added> added_;
};

}  // namespace copydesk
