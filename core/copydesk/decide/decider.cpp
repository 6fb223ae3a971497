#include "copydesk/decide/decider.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace copydesk {

namespace {

constexpr std::uint32_t kNoPlace = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kNoLink = std::numeric_limits<std::uint64_t>::max();

}  // namespace

std::string_view to_string(RemovalRule rule) {
  switch (rule) {
    case RemovalRule::kExact:
      return "exact";
    case RemovalRule::kNearDuplicate:
      return "near_duplicate";
    case RemovalRule::kContained:
      return "contained";
  }
  return {};
}

Decider::Decider(std::span<const std::uint32_t> representatives,
                 std::span<const std::uint32_t> ranks, std::vector<ScoredPair> pairs,
                 const DecideOptions& options)
    : representatives_(representatives),
      ranks_(ranks),
      options_(options),
      pairs_(std::move(pairs)),
      sorted_pairs_(pairs_.size()) {
  order_visits();
  first_links_.assign(documents_.size(), kNoLink);
  removed_by_.assign(documents_.size(), kNoLink);
  is_queued_.resize(documents_.size());
  append_links(0);
  // In the order of visits nobody's decision concerns those before.
  for (Place place = 0; place < documents_.size(); ++place) visit(place);
}

void Decider::order_visits() {
  std::vector<std::uint32_t> sizes;  // of the shingle sets, where the longest come first
  if (options_.containment > 0.0) sizes.resize(representatives_.size());
  std::vector<bool> has_pair(representatives_.size());
  for (const ScoredPair& pair : pairs_) {
    has_pair[pair.a] = has_pair[pair.b] = true;
    if (sizes.empty()) continue;
    sizes[pair.a] = pair.overlap.size_a;
    sizes[pair.b] = pair.overlap.size_b;
  }
  for (std::uint32_t document = 0; document < has_pair.size(); ++document) {
    if (has_pair[document]) documents_.push_back(document);
  }
  std::sort(documents_.begin(), documents_.end(), [&](std::uint32_t x, std::uint32_t y) {
    if (!sizes.empty() && sizes[x] != sizes[y]) return sizes[x] > sizes[y];
    return ranks_[x] < ranks_[y];
  });
  places_.assign(representatives_.size(), kNoPlace);
  for (Place place = 0; place < documents_.size(); ++place) places_[documents_[place]] = place;
}

void Decider::append_links(std::size_t first_pair) {
  next_links_.resize(2 * pairs_.size());
  for (Link link = 2 * first_pair; link < next_links_.size(); ++link) {
    const ScoredPair& pair = pairs_[link / 2];
    Link& first = first_links_[places_[link % 2 == 0 ? pair.a : pair.b]];
    next_links_[link] = std::exchange(first, link);
  }
}

bool Decider::is_kept(Place place) const {
  return removed_by_[place] == kNoLink;
}

std::uint32_t Decider::other_of(Link link) const {
  return link % 2 == 0 ? pairs_[link / 2].b : pairs_[link / 2].a;
}

Overlap Decider::overlap_of(Link link) const {
  const Overlap& overlap = pairs_[link / 2].overlap;
  return link % 2 == 0 ? overlap : overlap.swapped();
}

// Whether it removes the document it is seen from.
bool Decider::applies(Link link) const {
  const Overlap overlap = overlap_of(link);
  return overlap.jaccard() >= options_.jaccard ||
         (options_.containment > 0.0 && overlap.containment_a() >= options_.containment);
}

Decider::Place Decider::keeper_of(Place place) const {
  return is_kept(place) ? kNoPlace : places_[other_of(removed_by_[place])];
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
  Link best = kNoLink;
  Place best_place = place;
  for (Link link = first_links_[place]; link != kNoLink; link = next_links_[link]) {
    ++pairs_weighed_;
    const Place other = places_[other_of(link)];
    if (other < best_place && is_kept(other) && applies(link)) {
      best = link;
      best_place = other;
    }
  }
  if (best == removed_by_[place]) return;
  const bool was_kept = is_kept(place);
  removed_by_[place] = best;
  changed_.push_back(place);
  if (was_kept == is_kept(place)) return;
  for (Link link = first_links_[place]; link != kNoLink; link = next_links_[link]) {
    ++pairs_weighed_;
    const Place other = places_[other_of(link)];
    if (other < place) continue;
    // Either the reason for its removal is gone, or there is one that comes before its own.
    const Place keeper = keeper_of(other);
    if (was_kept ? keeper == place : keeper > place) queue(other);
  }
}

void Decider::add(std::span<const ScoredPair> pairs) {
  const std::size_t first_pair = pairs_.size();
  pairs_.insert(pairs_.end(), pairs.begin(), pairs.end());
  append_links(first_pair);
  for (Link link = 2 * first_pair; link < next_links_.size(); ++link) {
    ++pairs_weighed_;
    const ScoredPair& pair = pairs_[link / 2];
    const Place place = places_[link % 2 == 0 ? pair.a : pair.b];
    const Place other = places_[other_of(link)];
    if (other < place && is_kept(other) && keeper_of(place) > other) queue(place);
  }
  while (!queue_.empty()) {
    const Place place = queue_.top();
    queue_.pop();
    is_queued_[place] = false;
    visit(place);
  }
}

std::vector<CandidatePair> Decider::second_look() {
  std::vector<CandidatePair> candidates;
  const auto consider = [&](Place kept, Place removed) {
    const Place other = keeper_of(removed);
    if (other == kept) return;
    const std::uint32_t x = documents_[kept];
    const std::uint32_t y = documents_[other];
    candidates.push_back({std::min(x, y), std::max(x, y)});
  };
  for (const Place place : changed_) {
    for (Link link = first_links_[place]; link != kNoLink; link = next_links_[link]) {
      ++pairs_weighed_;
      const Place other = places_[other_of(link)];
      if (is_kept(place) && !is_kept(other)) consider(place, other);
      if (is_kept(other) && !is_kept(place)) consider(other, place);
    }
  }
  changed_.clear();
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::erase_if(candidates, [&](const CandidatePair& candidate) { return !is_new(candidate); });
  return candidates;
}

// Pairs that were added have been listed.
bool Decider::is_new(const CandidatePair& candidate) {
  const auto end = pairs_.begin() + static_cast<std::ptrdiff_t>(sorted_pairs_);
  const auto pair = std::lower_bound(pairs_.begin(), end, candidate,
                                     [](const ScoredPair& scored, const CandidatePair& wanted) {
                                       return CandidatePair{scored.a, scored.b} < wanted;
                                     });
  if (pair != end && CandidatePair{pair->a, pair->b} == candidate) return false;
  return listed_.insert(std::uint64_t{candidate.a} << 32 | candidate.b).second;
}

DecisionList Decider::decisions() const {
  DecisionList decisions;
  const auto count = static_cast<std::uint32_t>(representatives_.size());
  decisions.kept_for.resize(count);
  for (std::uint32_t document = 0; document < count; ++document) {
    const std::uint32_t representative = representatives_[document];
    const Place place = places_[representative];
    if (place == kNoPlace || is_kept(place)) {
      decisions.kept_for[document] = representative;
      if (document != representative) {
        decisions.removed.push_back({document, representative, RemovalRule::kExact, {}});
      }
      continue;
    }
    const Link link = removed_by_[place];
    const Overlap overlap = overlap_of(link);
    const RemovalRule rule = overlap.jaccard() >= options_.jaccard ? RemovalRule::kNearDuplicate
                                                                   : RemovalRule::kContained;
    decisions.kept_for[document] = other_of(link);
    decisions.removed.push_back({document, other_of(link), rule, overlap});
  }
  return decisions;
}

DecisionList decide(std::span<const std::uint32_t> representatives,
                    std::span<const std::uint32_t> ranks, std::span<const ScoredPair> pairs,
                    const DecideOptions& options) {
  return Decider(representatives, ranks, {pairs.begin(), pairs.end()}, options).decisions();
}

}  // namespace copydesk
