#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Scored pairs to decisions, without chaining: a document is removed only in favor of one that is
// kept and that it was itself compared with. Let b be similar to a and c to b, but c not to a, and
// let a come first: b goes for a, and c stays, because what it resembles is gone.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/decide/lead_list.h"
#include "copydesk/decide/pair_graph.h"
#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/verify/scored_pair.h"

namespace copydesk {

enum class RemovalRule : std::uint8_t {
  kIdentical,      // the same text, byte for byte
  kSameWords,      // the same tokens: equal but for case, accents, punctuation, white space
  kNearDuplicate,  // Jaccard similarity at the threshold or above
  kContained,      // its share found in the kept document reaches the containment asked for
  kSameKey,        // its key, a field or an address, is that of the kept document
};

// "identical", "same_words", "near_duplicate", "contained", "same_key".
[[nodiscard]] std::string_view to_string(RemovalRule rule);

// Whether the rule takes documents for equal, so that there is nothing to measure.
[[nodiscard]] constexpr bool is_equality(RemovalRule rule) {
  return rule == RemovalRule::kIdentical || rule == RemovalRule::kSameWords ||
         rule == RemovalRule::kSameKey;
}

struct Decision {
  std::uint32_t document = 0;  // removed
  std::uint32_t kept = 0;
  RemovalRule rule = RemovalRule::kSameWords;
  Overlap overlap;  // a is the removed document, b the kept one; all zero for texts taken for equal
  friend bool operator==(const Decision&, const Decision&) = default;
};

// Documents that are there to be compared with, whose fate is known: they are never removed and never
// listed as a pair.
struct OldDocuments {
  std::uint32_t first_new = 0;  // those below; they come before all others, whatever their length
  // Those from this number on, of an index; their ranks must be the first.
  std::uint32_t first_of_index = 0xFFFFFFFF;
  // By document - first_of_index: it is removed already, and has one pair with another of the index,
  // which is the one that was kept for it.
  const std::vector<bool>* are_removed = nullptr;

  [[nodiscard]] bool has(std::uint32_t document) const {
    return document < first_new || document >= first_of_index;
  }
  [[nodiscard]] bool is_removed(std::uint32_t document) const {
    return document >= first_of_index && (*are_removed)[document - first_of_index];
  }
};

struct DecideOptions {
  double jaccard = 0.8;
  double containment = 0.0;  // 0: the rule is off
  OldDocuments old = {};
  // Looking again ends when nothing new is found, as a rule after a few looks. Only a corpus made for
  // that purpose could go on for longer: what was decided of a component (documents that hang together
  // by pairs) stands when its pairs have been weighed so many times each. A bound by component, so that
  // it decides of each what it would decide of it alone.
  std::uint64_t most_weighings = 64;
};

// In bytes; what is more goes to files, and 12 bytes a document with a pair, 24 for each component, and
// 32 for each pair listed by a second look, come besides.
struct DecideMemory {
  std::size_t pairs = ~std::size_t{0};
  std::size_t leads = ~std::size_t{0};
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
// second_look() lists such pairs, and add() takes those that passed. This finds near-duplicates the
// sketches missed, and it is what lets large buckets be proposed with a few leaders only: whoever
// takes a leader's place inherits its pairs.
//
// One pair is enough to remove a document. So a look lists for each kept document only the first
// few in keep order that it may be removed for (its leads), and more where those fail. A document
// whose keeper was removed is compared with the one kept in the keeper's place, even if it has
// found another: thus a family of near-copies, however large, falls to its first document in a few
// looks. When nothing is left of these in a component, its kept documents that were found similar to
// one removed document are compared: each with the first four of them in keep order.
//
// Components do not concern each other: whether they are decided on together, in parts or each by
// itself makes no difference.
class Decider {
 public:
  // `representatives` as in connected_components, the first of each group in keep order; `ranks` as
  // given by keep_ranks; `representatives` outlives the object. `pairs` connect representatives and
  // are sorted by (a, b), each once; a document has the same size in all of its pairs. `folder` as
  // for PairGraph and LeadList, which may throw.
  Decider(std::span<const std::uint32_t> representatives, std::span<const std::uint32_t> ranks,
          const PairSource& pairs, const DecideOptions& options, const std::string& folder,
          const DecideMemory& memory);
  // The same with all pairs in memory.
  Decider(std::span<const std::uint32_t> representatives, std::span<const std::uint32_t> ranks,
          const std::vector<ScoredPair>& pairs, const DecideOptions& options);

  // Pairs to be verified that were not listed before and are not known; sorted, distinct. Empty
  // when nothing is left to look at, or to be looked at (most_weighings). Valid until the next second
  // look.
  [[nodiscard]] std::span<const CandidatePair> second_look();

  // REQUIRES: of what second_look() listed, each once, what passed; in any number of parts.
  void add(std::span<const ScoredPair> pairs);
  // Brings the decisions up to date with what was added.
  void settle();

  // Documents that go because their tokens are those of their representative are removed as
  // kSameWords; only the caller has the bytes to tell which of them are kIdentical.
  [[nodiscard]] DecisionList decisions() const;

  // Pairs of old documents of an index that would have been listed if they were new. Sorted, each once; of
  // more than a million only some.
  [[nodiscard]] std::vector<CandidatePair> passed_over() const;

  // How often a pair was looked at so far: the work done.
  [[nodiscard]] std::uint64_t pairs_weighed() const { return pairs_weighed_; }

 private:
  using Place = PairGraph::Place;
  using Link = PairGraph::Link;

  struct Change {
    Place place;
    Place keeper;  // at the last second look
  };

  // What deciding on a component has taken so far.
  struct Component {
    std::uint64_t weighed = 0;
    std::uint64_t most = 0;
    bool is_open = true;      // there may be more to look at
    bool has_listed = false;  // in the look at hand
  };

  void find_components();
  [[nodiscard]] Component& component(Place place) { return components_[component_of_[place]]; }
  [[nodiscard]] bool is_open(Place place) const {
    return components_[component_of_[place]].is_open;
  }
  void weigh(Place place, std::uint64_t pairs = 1) {
    component(place).weighed += pairs;
    pairs_weighed_ += pairs;
  }
  void visit(Place place);
  void change(Place place, Place keeper);
  void queue(Place place);
  [[nodiscard]] bool is_kept(Place place) const { return keepers_[place] == kNoPlace; }
  [[nodiscard]] bool is_old(Place place) const { return options_.old.has(graph_.document(place)); }
  [[nodiscard]] bool stays(Place place) const {
    const std::uint32_t document = graph_.document(place);
    return options_.old.has(document) && !options_.old.is_removed(document);
  }
  [[nodiscard]] Place first_keeper(Place place);
  [[nodiscard]] bool applies(Place place, const Link& link) const;
  void follow(Place place);
  void add_lead(Place kept, Place removed);
  void take_leads();
  void follow_keeper(const Change& change);
  void compare_neighbors();
  // Makes a candidate of the pair and returns true, unless an earlier look listed it or it is
  // known.
  bool list(Place x, Place y);
  [[nodiscard]] std::uint32_t kept_for(std::uint32_t document) const;
  [[nodiscard]] bool is_removed_now(std::uint32_t document, const DecisionList& decisions) const {
    return decisions.kept_for[document] != document && !options_.old.has(document);
  }
  [[nodiscard]] Overlap overlap_with_keeper(Place place) const;

  static constexpr Place kNoPlace = PairGraph::kNoPlace;

  std::span<const std::uint32_t> representatives_;
  DecideOptions options_;
  PairGraph graph_;
  std::vector<std::uint32_t> component_of_;  // by place
  std::vector<Component> components_;
  std::vector<Place> keepers_;  // by place; kNoPlace where kept
  std::vector<bool> is_queued_;
  std::priority_queue<Place, std::vector<Place>, std::greater<>> queue_;  // to be visited again
  std::vector<bool> is_changed_;
  std::vector<Change> changes_;  // since the last second look
  LeadList leads_;
  std::vector<std::uint32_t> looks_;       // by place: at leads, since one passed
  std::vector<CandidatePair> candidates_;  // of the last second look, sorted
  std::vector<CandidatePair> listed_;      // by those before, sorted
  std::vector<CandidatePair> passed_over_;
  std::uint64_t pairs_weighed_ = 0;
};

// The decision on `pairs` alone.
[[nodiscard]] DecisionList decide(std::span<const std::uint32_t> representatives,
                                  std::span<const std::uint32_t> ranks,
                                  std::span<const ScoredPair> pairs, const DecideOptions& options);

}  // namespace copydesk
