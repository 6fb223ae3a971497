#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Scored pairs as a graph that is walked from its documents: who was compared with whom, in the
// order in which documents are visited.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "copydesk/stream/spill_list.h"
#include "copydesk/verify/pair_source.h"
#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// Memory: 8 bytes a document, 24 more for each that has a pair, and 16 for each pair or what is
// allowed for them; once pairs are added, 4 bytes for each document with a pair and 24 for each
// pair added. Not thread-safe, not even its const members.
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
  // documents below `first_new` come before all others. Links that take more than `memory_bytes` go
  // to an unnamed file in `folder` (empty: the system's choice), which changes nothing but speed:
  // lists are then read when they are asked for.
  // REQUIRES: `pairs` as given to Decider. Throws Error{kCannotWrite}; what asks for links may
  // throw Error{kCannotRead}.
  PairGraph(std::span<const std::uint32_t> ranks, const PairSource& pairs, bool longest_first,
            const std::string& folder, std::size_t memory_bytes, std::uint32_t first_new = 0);

  // All places are below.
  [[nodiscard]] Place size() const { return static_cast<Place>(documents_.size()); }
  [[nodiscard]] std::uint32_t document(Place place) const { return documents_[place]; }
  // kNoPlace for a document without pairs.
  [[nodiscard]] Place place(std::uint32_t document) const { return places_[document]; }

  [[nodiscard]] Overlap overlap(Place place, const Link& link) const {
    return {link.shared, sizes_[place], sizes_[link.other]};
  }

  // Those of the constructor's links that lead to documents before it, behind it, or anywhere; in
  // order, and valid until the next call that is about links.
  [[nodiscard]] std::span<const Link> before(Place place) const;
  [[nodiscard]] std::span<const Link> behind(Place place) const;
  [[nodiscard]] std::span<const Link> links(Place place) const;

  // Calls take(link) for links that were added, before and behind, the latest first.
  template <class Take>
  void for_each_added(Place place, Take&& take) const {
    if (first_added_.empty()) return;
    for (std::uint32_t i = first_added_[place]; i != kNoPlace;) {
      const Added& added = added_[i / kChunk][i % kChunk];
      take(added.link);
      i = added.next;
    }
  }

  // Among the pairs of the constructor.
  [[nodiscard]] bool has_pair(Place x, Place y) const;

  // REQUIRES: pairs of documents that have a place, which are not in the graph.
  void add(std::span<const ScoredPair> pairs);

 private:
  static constexpr std::uint32_t kChunk = std::uint32_t{1} << 16;
  // In a list of one document's links.
  struct Added {
    Link link;
    std::uint32_t next = kNoPlace;
  };

  [[nodiscard]] std::size_t count_before(Place place) const;
  void link_up(const PairSource& pairs, std::size_t memory_bytes);
  [[nodiscard]] std::vector<Link> links_of(Place first, Place end, const PairSource& pairs) const;

  std::vector<std::uint32_t> documents_;  // by place
  std::vector<Place> places_;             // by document
  std::vector<std::uint32_t> sizes_;      // by place, of the shingle sets
  std::vector<std::uint64_t> starts_;     // by place, into links_; one more than places
  SpillList<Link> file_;                  // links of each place in order, unless they fit memory
  // From link window_begin_ on: all where they fit memory, else what was read last.
  mutable std::vector<Link> window_;
  mutable std::uint64_t window_begin_ = 0;
  std::vector<std::uint32_t> first_added_;  // by place, into added_; empty until pairs are added
  std::vector<std::unique_ptr<Added[]>>
      added_;  // in chunks, as a vector is held twice while it grows
  std::uint32_t added_size_ = 0;
};

}  // namespace copydesk
