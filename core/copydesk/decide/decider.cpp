#include "copydesk/decide/decider.h"

#include <algorithm>
#include <utility>

#include "copydesk/cluster/union_find.h"
#include "copydesk/lsh/pair_sort.h"

namespace copydesk {

namespace {

// How many pairs a look lists for a kept document. One is enough where all of a family are alike;
// beyond that, and where that fails, a few more at once leave fewer near-duplicates in the end.
constexpr std::size_t kFirstLooks = 2;
constexpr std::size_t kNextLooks = 16;  // then twice as many each time
constexpr std::size_t kNeighborsCompared = 4;
// So many candidates are listed before repeats among them are taken out.
constexpr std::size_t kMostRepeats = std::size_t{1} << 20;

}  // namespace

std::string_view to_string(RemovalRule rule) {
  switch (rule) {
    case RemovalRule::kIdentical:
      return "identical";
    case RemovalRule::kSameWords:
      return "same_words";
    case RemovalRule::kNearDuplicate:
      return "near_duplicate";
    case RemovalRule::kContained:
      return "contained";
    case RemovalRule::kSameKey:
      return "same_key";
  }
  return {};
}

Decider::Decider(std::span<const std::uint32_t> representatives,
                 std::span<const std::uint32_t> ranks, const std::vector<ScoredPair>& pairs,
                 const DecideOptions& options)
    : Decider(representatives, ranks, PairSource([&pairs](const auto& take) { take(pairs); }),
              options, {}, {}) {}

Decider::Decider(std::span<const std::uint32_t> representatives,
                 std::span<const std::uint32_t> ranks, const PairSource& pairs,
                 const DecideOptions& options, const std::string& folder,
                 const DecideMemory& memory)
    : representatives_(representatives),
      options_(options),
      graph_(ranks, pairs, options.containment > 0.0, folder, memory.pairs, options.old.first_new),
      keepers_(graph_.size(), kNoPlace),
      is_queued_(graph_.size()),
      is_changed_(graph_.size()),
      leads_(folder, memory.leads),
      looks_(graph_.size()) {
  find_components();
  // In the order of visits nobody's decision concerns those before.
  for (Place place = 0; place < graph_.size(); ++place) {
    if (const Place keeper = first_keeper(place); keeper != kNoPlace) change(place, keeper);
  }
}

void Decider::find_components() {
  UnionFind sets(graph_.size());
  std::vector<std::uint32_t> pairs(graph_.size());  // with documents before
  for (Place place = 0; place < graph_.size(); ++place) {
    const std::span<const Link> before = graph_.before(place);
    pairs[place] = static_cast<std::uint32_t>(before.size());
    for (const Link& link : before) sets.unite(link.other, place);
  }
  component_of_.resize(graph_.size());
  for (Place place = 0; place < graph_.size(); ++place) {
    const Place first = sets.find(place);  // which is not behind it
    if (first == place) {
      component_of_[place] = static_cast<std::uint32_t>(components_.size());
      components_.emplace_back();
    } else {
      component_of_[place] = component_of_[first];
    }
    component(place).most += options_.most_weighings * pairs[place];
  }
}

// Whether the pair removes the document it is seen from.
bool Decider::applies(Place place, const Link& link) const {
  const Overlap overlap = graph_.overlap(place, link);
  return overlap.jaccard() >= options_.jaccard ||
         (options_.containment > 0.0 && overlap.containment_a() >= options_.containment);
}

Decider::Place Decider::first_keeper(Place place) {
  if (stays(place)) return kNoPlace;
  std::uint64_t weighed = 0;
  const auto removes = [&](const Link& link) {
    ++weighed;
    return is_kept(link.other) && applies(place, link);
  };
  const std::span<const Link> ordered = graph_.before(place);
  const auto first = std::find_if(ordered.begin(), ordered.end(), removes);
  Place keeper = first == ordered.end() ? kNoPlace : first->other;
  graph_.for_each_added(place, [&](const Link& link) {
    if (link.other < std::min(keeper, place) && removes(link)) keeper = link.other;
  });
  weigh(place, weighed);
  return keeper;
}

void Decider::change(Place place, Place keeper) {
  if (!is_changed_[place]) {
    is_changed_[place] = true;
    changes_.push_back({place, keepers_[place]});
  }
  keepers_[place] = keeper;
}

void Decider::queue(Place place) {
  if (is_queued_[place]) return;
  is_queued_[place] = true;
  queue_.push(place);
}

// A greedy maximal independent set in a fixed order, kept up to date while edges are added. A
// change reaches only those behind it, so with the queue in the same order each visit finds all
// before it settled, and only those whom the change can concern are visited again.
void Decider::visit(Place place) {
  const bool was_kept = is_kept(place);
  const Place keeper = first_keeper(place);
  if (keeper == keepers_[place]) return;
  change(place, keeper);
  if (was_kept == is_kept(place)) return;
  const auto reach = [&](const Link& link) {
    weigh(place);
    // Either the reason for its removal is gone, or there is one that comes before its own.
    const Place other = keepers_[link.other];
    if (was_kept ? other == place : other > place) queue(link.other);
  };
  for (const Link& link : graph_.behind(place)) reach(link);
  graph_.for_each_added(place, [&](const Link& link) {
    if (link.other > place) reach(link);
  });
}

void Decider::add(std::span<const ScoredPair> pairs) {
  graph_.add(pairs);
  for (const ScoredPair& pair : pairs) {
    const auto [place, other] = std::minmax({graph_.place(pair.a), graph_.place(pair.b)});
    weigh(place);
    if (is_kept(place) && keepers_[other] > place) queue(other);
    change(other, keepers_[other]);  // it has a pair more, whatever that changes
    looks_[other] = 0;
  }
}

void Decider::settle() {
  while (!queue_.empty()) {
    const Place place = queue_.top();
    queue_.pop();
    is_queued_[place] = false;
    visit(place);
  }
}

std::span<const CandidatePair> Decider::second_look() {
  const auto earlier = static_cast<std::ptrdiff_t>(listed_.size());
  listed_.insert(listed_.end(), candidates_.begin(), candidates_.end());
  std::inplace_merge(listed_.begin(), listed_.begin() + earlier, listed_.end());
  candidates_.clear();
  for (Component& component : components_) {
    component.is_open = component.is_open && component.weighed < component.most;
    component.has_listed = false;
  }
  for (const Change& change : changes_) {
    if (is_open(change.place)) follow(change.place);
  }
  take_leads();
  for (const Change& change : changes_) {
    is_changed_[change.place] = false;
    if (is_open(change.place)) follow_keeper(change);
  }
  changes_.clear();
  compare_neighbors();
  // What has not listed anything will not be changed by what comes of this look.
  for (Component& component : components_) {
    component.is_open = component.is_open && component.has_listed;
  }
  merge_pairs(candidates_);
  return candidates_;
}

// Finds the leads that a change of `place` has opened.
void Decider::follow(Place place) {
  const auto look = [&](const Link& link) {
    weigh(place);
    if (is_kept(place) && !is_kept(link.other)) add_lead(place, link.other);
    if (is_kept(link.other) && !is_kept(place)) add_lead(link.other, place);
  };
  for (const Link& link : graph_.links(place)) look(link);
  graph_.for_each_added(place, look);
}

// The later one of two kept documents can be removed for the earlier one.
void Decider::add_lead(Place kept, Place removed) {
  const Place other = keepers_[removed];
  if (other != kept) leads_.add({std::max(kept, other), std::min(kept, other), removed});
}

// Of each document those that are still good, up to as many as were taken before. What is dropped
// because one of the three has changed since is found again if it becomes good again, because that
// is another change.
void Decider::take_leads() {
  Place document = kNoPlace;
  Place listed = kNoPlace;  // for `document`, at last
  std::size_t end = 0;
  leads_.sift([&](const Lead& lead) {
    if (!is_kept(lead.document) || !is_open(lead.document)) return false;
    std::uint32_t& looks = looks_[lead.document];
    if (lead.document != document) {
      document = lead.document;
      listed = kNoPlace;
      end = looks == 0 ? kFirstLooks : std::max<std::size_t>(kNextLooks, 2 * std::size_t{looks});
    }
    if (looks >= end) return true;
    weigh(document);
    const Place keeper = keepers_[lead.removed];
    const bool is_good = is_kept(lead.kept) && (keeper == lead.kept || keeper == document);
    if (is_good && lead.kept != listed && list(lead.kept, document)) {
      listed = lead.kept;
      ++looks;
    }
    return false;
  });
}

// Without this a family is compared with its first document one independent set after the other:
// whenever the kept ones have been removed for it, others become kept that were found similar to
// them. Leaders have been compared with each other, so such sets are many, and each time the long
// lists of the leaders that are left are gone through again.
void Decider::follow_keeper(const Change& change) {
  if (is_kept(change.place) || change.keeper == kNoPlace || is_kept(change.keeper)) return;
  const Place next = keepers_[change.keeper];
  if (next < keepers_[change.place]) list(next, change.place);
}

// Of components in which the look has found nothing yet. By now each document of them has been
// compared with the first one. Comparing it with a few more finds most of the near-duplicates that
// are left in families whose likeness lies around the threshold; with all, it would be the square
// of their number.
void Decider::compare_neighbors() {
  std::vector<bool> is_wanted(components_.size());
  bool is_any_wanted = false;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    is_wanted[i] = components_[i].is_open && !components_[i].has_listed;
    is_any_wanted = is_any_wanted || is_wanted[i];
  }
  if (!is_any_wanted) return;
  std::vector<Place> kept;
  std::size_t most = kMostRepeats;
  for (Place place = 0; place < graph_.size(); ++place) {
    if (is_kept(place) || !is_wanted[component_of_[place]]) continue;
    kept.clear();
    const auto look = [&](const Link& link) {
      weigh(place);
      if (is_kept(link.other)) kept.push_back(link.other);
    };
    for (const Link& link : graph_.links(place)) look(link);
    graph_.for_each_added(place, look);
    std::sort(kept.begin(), kept.end());
    for (std::size_t i = 0; i < std::min(kept.size(), kNeighborsCompared); ++i) {
      for (std::size_t j = i + 1; j < kept.size(); ++j) list(kept[i], kept[j]);
    }
    if (candidates_.size() > most) {
      merge_pairs(candidates_);
      most = std::max(kMostRepeats, 2 * candidates_.size());
    }
  }
}

bool Decider::list(Place x, Place y) {
  const auto [a, b] = std::minmax({graph_.document(x), graph_.document(y)});
  const CandidatePair pair{a, b};
  if (is_old(x) && is_old(y)) {
    const bool is_of_index = a >= options_.old.first_of_index;
    if (is_of_index && passed_over_.size() < kMostRepeats) passed_over_.push_back(pair);
    return false;
  }
  if (graph_.has_pair(x, y)) return false;
  if (std::binary_search(listed_.begin(), listed_.end(), pair)) return false;
  candidates_.push_back(pair);
  component(x).has_listed = true;
  return true;
}

std::vector<CandidatePair> Decider::passed_over() const {
  std::vector<CandidatePair> pairs = passed_over_;
  merge_pairs(pairs);
  return pairs;
}

Overlap Decider::overlap_with_keeper(Place place) const {
  Overlap overlap;
  const auto take = [&](const Link& link) {
    if (link.other == keepers_[place]) overlap = graph_.overlap(place, link);
  };
  for (const Link& link : graph_.before(place)) take(link);
  graph_.for_each_added(place, take);
  return overlap;
}

std::uint32_t Decider::kept_for(std::uint32_t document) const {
  if (options_.old.has(document) && !options_.old.is_removed(document)) return document;
  const std::uint32_t representative = representatives_[document];
  const Place place = graph_.place(representative);
  return place == kNoPlace || is_kept(place) ? representative : graph_.document(keepers_[place]);
}

DecisionList Decider::decisions() const {
  DecisionList decisions;
  const auto count = static_cast<std::uint32_t>(representatives_.size());
  decisions.kept_for.resize(count);
  std::size_t removed = 0;
  for (std::uint32_t document = 0; document < count; ++document) {
    decisions.kept_for[document] = kept_for(document);
    removed += is_removed_now(document, decisions) ? 1 : 0;
  }
  decisions.removed.reserve(removed);  // by growing it would be held twice
  for (std::uint32_t document = 0; document < count; ++document) {
    const std::uint32_t kept = decisions.kept_for[document];
    if (!is_removed_now(document, decisions)) continue;
    Decision decision{document, kept, RemovalRule::kSameWords, {}};
    if (kept != representatives_[document]) {
      decision.overlap = overlap_with_keeper(graph_.place(representatives_[document]));
      decision.rule = decision.overlap.jaccard() >= options_.jaccard ? RemovalRule::kNearDuplicate
                                                                     : RemovalRule::kContained;
    }
    decisions.removed.push_back(decision);
  }
  return decisions;
}

DecisionList decide(std::span<const std::uint32_t> representatives,
                    std::span<const std::uint32_t> ranks, std::span<const ScoredPair> pairs,
                    const DecideOptions& options) {
  const PairSource source = [pairs](const auto& take) { take(pairs); };
  return Decider(representatives, ranks, source, options, {}, {}).decisions();
}

}  // namespace copydesk
