#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Scored pairs to decisions, without chaining: a document is removed only in favour of one that is
// kept and that it was itself compared with.

#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/verify/scored_pair.h"

namespace copydesk {

enum class RemovalRule : std::uint8_t {
  kExact,          // the same tokens
  kNearDuplicate,  // Jaccard similarity at the threshold or above
  kContained,      // its share found in the kept document reaches the containment asked for
};

// "exact", "near_duplicate", "contained".
[[nodiscard]] std::string_view to_string(RemovalRule rule);

struct Decision {
  std::uint32_t document = 0;  // removed
  std::uint32_t kept = 0;
  RemovalRule rule = RemovalRule::kExact;
  Overlap overlap;  // a is the removed document, b the kept one; all zero where rule is kExact
  friend bool operator==(const Decision&, const Decision&) = default;
};

struct DecideOptions {
  double jaccard = 0.8;
  double containment = 0.0;  // 0: the rule is off
};

struct DecisionList {
  std::vector<Decision> removed;        // ascending by document
  std::vector<std::uint32_t> kept_for;  // for every document the one kept in its place, or itself
};

// Documents are visited in keep order; a visited one is removed if it has a verified pair with a
// kept one that comes before it (among several, the first in keep order), and kept otherwise. With
// the containment rule on, longer documents come first and ranks decide among equally long ones:
// otherwise a short text could be kept beside the longer one that holds it. Documents equal to a
// removed representative are removed with it, by its pair.
//
// A decision may open up comparisons: a kept document was found similar to a removed one, so it may
// be similar to what was kept in that one's place, although no band brought the two together.
// second_look() lists them, and add() takes those that passed. This finds near-duplicates the
// sketches missed, and it is what lets large buckets be proposed with a few leaders only: whoever
// takes a leader's place inherits its pairs.
class Decider {
 public:
  // `representatives` as in connected_components, the first of each group in keep order; `ranks` as
  // given by keep_ranks; both outlive the object. `pairs` connect representatives and are sorted by
  // (a, b), each once.
  Decider(std::span<const std::uint32_t> representatives, std::span<const std::uint32_t> ranks,
          std::vector<ScoredPair> pairs, const DecideOptions& options);

  // Pairs of kept documents worth verifying that were not listed before and are not known; sorted,
  // distinct. Looks only at what has changed since the last call.
  [[nodiscard]] std::vector<CandidatePair> second_look();

  // REQUIRES: what second_look() listed, each once.
  void add(std::span<const ScoredPair> pairs);

  [[nodiscard]] DecisionList decisions() const;

  // How often a pair was looked at so far: the work done.
  [[nodiscard]] std::uint64_t pairs_weighed() const { return pairs_weighed_; }

 private:
  // A pair seen from one of its documents: twice the index of the pair, and one more if from b.
  using Link = std::uint64_t;
  // Of a document in the order of visits. Only documents with pairs have one; all other
  // representatives are kept.
  using Place = std::uint32_t;

  void order_visits();
  void append_links(std::size_t first_pair);
  void visit(Place place);
  void queue(Place place);
  [[nodiscard]] bool is_kept(Place place) const;
  [[nodiscard]] Place keeper_of(Place place) const;
  [[nodiscard]] std::uint32_t other_of(Link link) const;
  [[nodiscard]] Overlap overlap_of(Link link) const;
  [[nodiscard]] bool applies(Link link) const;
  [[nodiscard]] bool is_new(const CandidatePair& candidate);

  std::span<const std::uint32_t> representatives_;
  std::span<const std::uint32_t> ranks_;
  DecideOptions options_;
  std::vector<ScoredPair> pairs_;
  std::size_t sorted_pairs_;              // the first ones, those of the constructor
  std::vector<std::uint32_t> documents_;  // by place
  std::vector<Place> places_;             // by document
  std::vector<Link> first_links_;         // by place; of the list of its links
  std::vector<Link> next_links_;          // by link
  std::vector<Link> removed_by_;          // by place; kNoLink where kept
  std::vector<bool> is_queued_;
  std::priority_queue<Place, std::vector<Place>, std::greater<>> queue_;  // to be visited again
  std::vector<Place> changed_;                // since the last second look
  std::unordered_set<std::uint64_t> listed_;  // by second looks
  std::uint64_t pairs_weighed_ = 0;
};

// The decision on `pairs` alone.
[[nodiscard]] DecisionList decide(std::span<const std::uint32_t> representatives,
                                  std::span<const std::uint32_t> ranks,
                                  std::span<const ScoredPair> pairs, const DecideOptions& options);

}  // namespace copydesk
