// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/hamming_groups.h"

#include <algorithm>
#include <array>
#include <utility>

#include "copydesk/lsh/fingerprint_bits.h"

namespace copydesk {

namespace {

// A fingerprint in a walked group is proposed with at most this many leaders, and so many of its
// neighbors; and of very many documents with one fingerprint this many stand for it.
constexpr std::size_t kLeadersPerFingerprint = 4;
constexpr std::size_t kNeighbors = 4;
constexpr std::size_t kSpeakers = 4;
// Queries between two looks at how many pairs there are.
constexpr std::size_t kStrip = 64;
// Fingerprints the kernel may read behind the last.
constexpr std::size_t kBehind = 32;
constexpr std::size_t kByteBits = 8;

CandidatePair ordered(std::uint32_t x, std::uint32_t y) {
  return x < y ? CandidatePair{x, y} : CandidatePair{y, x};
}

}  // namespace

void HammingStatistics::add(const HammingStatistics& other) {
  fingerprints += other.fingerprints;
  largest_equal_group = std::max(largest_equal_group, other.largest_equal_group);
  groups += other.groups;
  largest_group = std::max(largest_group, other.largest_group);
  comparisons += other.comparisons;
  walked_groups += other.walked_groups;
  walked_fingerprints += other.walked_fingerprints;
  refined_fingerprints += other.refined_fingerprints;
}

template <class Fingerprint>
HammingGroups<Fingerprint>::HammingGroups(const DistinctFingerprints<Fingerprint>& distinct,
                                          HammingTables<Fingerprint>& tables,
                                          const HammingLimits& limits)
    : distinct_(distinct), tables_(tables), limits_(limits), near_leaders_(limits.leader_limit) {}

template <class Fingerprint>
void HammingGroups<Fingerprint>::add_equal(std::size_t fingerprint,
                                           std::vector<CandidatePair>& pairs) {
  const std::span<const std::uint32_t> documents = distinct_.documents_of(fingerprint);
  statistics_.largest_equal_group =
      std::max<std::uint64_t>(statistics_.largest_equal_group, documents.size());
  const std::size_t speakers =
      documents.size() <= limits_.equal_limit ? documents.size() : kSpeakers;
  for (std::size_t i = 0; i < speakers; ++i) {
    for (std::size_t j = i + 1; j < documents.size(); ++j) {
      pairs.push_back(ordered(documents[i], documents[j]));
    }
  }
}

template <class Fingerprint>
void HammingGroups<Fingerprint>::add_group(std::size_t table, std::span<const Fingerprint> sorted,
                                           std::span<const std::uint32_t> numbers,
                                           std::size_t begin, std::size_t end,
                                           std::vector<CandidatePair>& pairs) {
  if (end - begin < 2) return;
  table_ = table;
  ++statistics_.groups;
  statistics_.largest_group = std::max<std::uint64_t>(statistics_.largest_group, end - begin);
  if (end - begin <= limits_.pairwise_limit &&
      compare_pairwise(sorted, numbers, begin, end, pairs)) {
    return;
  }
  ++statistics_.walked_groups;
  statistics_.walked_fingerprints += end - begin;
  const std::span<const std::uint32_t> members = numbers.subspan(begin, end - begin);
  for (const std::uint32_t member : members) tables_.crowded[member] = 1;
  // Every table begins to refine with other bits, so that what one parts another brings together.
  walk({members.begin(), members.end()}, table, pairs);
}

// False when there are too many pairs; then only the nearest of each fingerprint are proposed.
template <class Fingerprint>
bool HammingGroups<Fingerprint>::compare_pairwise(std::span<const Fingerprint> sorted,
                                                  std::span<const std::uint32_t> numbers,
                                                  std::size_t begin, std::size_t end,
                                                  std::vector<CandidatePair>& pairs) {
  const std::size_t size = end - begin;
  hits_.clear();
  for (std::size_t first = begin; first < end; first += kStrip) {
    const std::size_t last = std::min(first + kStrip, end);
    append_pairs_within_distance(sorted, {first, last, end}, tables_.plan.distance, hits_);
    const std::uint64_t queries = last - first;
    statistics_.comparisons += queries * (end - last) + queries * (queries - 1) / 2;
    if (hits_.size() <= limits_.pairs_per_member * size) continue;
    propose_nearest(sorted, numbers, begin, end, pairs);
    return false;
  }
  for (const IndexPair& hit : hits_) {
    const std::uint32_t x = numbers[hit.first];
    const std::uint32_t y = numbers[hit.second];
    const bool elsewhere = another_has(differing_bits(sorted[hit.first], sorted[hit.second]));
    if (!elsewhere || (tables_.crowded[x] != 0 && tables_.crowded[y] != 0)) propose(x, y, pairs);
  }
  return true;
}

// In a family of texts from one form all are near, and those that are copies of each other are the
// nearest: leaders alone would part them.
template <class Fingerprint>
void HammingGroups<Fingerprint>::propose_nearest(std::span<const Fingerprint> sorted,
                                                 std::span<const std::uint32_t> numbers,
                                                 std::size_t begin, std::size_t end,
                                                 std::vector<CandidatePair>& pairs) {
  nearest_.assign((end - begin) * kNeighbors, Neighbor{});
  const auto consider = [&](std::size_t of, std::size_t position, std::size_t distance) {
    Neighbor* const neighbors = nearest_.data() + (of - begin) * kNeighbors;
    std::size_t place = kNeighbors;
    while (place > 0 && distance < neighbors[place - 1].distance) --place;
    if (place == kNeighbors) return;
    std::move_backward(neighbors + place, neighbors + kNeighbors - 1, neighbors + kNeighbors);
    neighbors[place] = {static_cast<std::uint32_t>(position), static_cast<std::uint8_t>(distance)};
  };
  for (std::size_t first = begin; first < end; first += kStrip) {
    const std::size_t last = std::min(first + kStrip, end);
    hits_.clear();
    append_pairs_within_distance(sorted, {first, last, end}, tables_.plan.distance, hits_);
    const std::uint64_t queries = last - first;
    statistics_.comparisons += queries * (end - last) + queries * (queries - 1) / 2;
    for (const IndexPair& hit : hits_) {
      const std::size_t distance = bit_count(differing_bits(sorted[hit.first], sorted[hit.second]));
      consider(hit.first, hit.second, distance);
      consider(hit.second, hit.first, distance);
    }
  }
  for (std::size_t i = begin; i < end; ++i) {
    for (std::size_t k = 0; k < kNeighbors; ++k) {
      const Neighbor& neighbor = nearest_[(i - begin) * kNeighbors + k];
      if (neighbor.distance == 255) break;
      propose(numbers[i], numbers[neighbor.position], pairs);
    }
  }
}

// Leader clustering (Hartigan 1975, "Clustering Algorithms", chapter 3), as lsh/bucket_pairs.cpp
// does it on sketches: walk the fingerprints once; each is compared with the leaders so far, is
// proposed with the nearest of them, and becomes a leader itself unless one is within the distance.
// A family of near-copies, however large, is thus linear work: all its members are proposed with
// the same few leaders, and the decision follows removed leaders to the documents kept in their
// place (decide/decider.h). What is left when the leaders are full are fingerprints that share
// the key but are near to few others (within three bits of one text there are 43,745 fingerprints,
// and almost all pairs of them are six bits apart); further bits, a byte at a time, tell them
// apart, and each part starts again.
template <class Fingerprint>
void HammingGroups<Fingerprint>::walk(std::vector<std::uint32_t> members, std::size_t byte,
                                      std::vector<CandidatePair>& pairs) {
  std::vector<std::uint32_t> rest;
  leaders_.clear();
  leader_fingerprints_.clear();
  for (const std::uint32_t member : members) {
    const Fingerprint& fingerprint = distinct_.fingerprints[member];
    statistics_.comparisons += leaders_.size();
    const std::size_t near =
        find_within_distance(fingerprint, std::span<const Fingerprint>(leader_fingerprints_),
                             tables_.plan.distance, near_leaders_);
    if (near > 0) {
      const std::size_t best = std::min(near, kLeadersPerFingerprint);
      const auto distance_to = [&](std::uint32_t leader) {
        return bit_count(differing_bits(fingerprint, leader_fingerprints_[leader]));
      };
      std::partial_sort(near_leaders_.begin(),
                        near_leaders_.begin() + static_cast<std::ptrdiff_t>(best),
                        near_leaders_.begin() + static_cast<std::ptrdiff_t>(near),
                        [&](std::uint32_t x, std::uint32_t y) {
                          return std::pair(distance_to(x), x) < std::pair(distance_to(y), y);
                        });
      for (std::size_t i = 0; i < best; ++i) propose(member, leaders_[near_leaders_[i]], pairs);
    } else if (leaders_.size() < limits_.leader_limit) {
      leaders_.push_back(member);
      leader_fingerprints_.push_back(fingerprint);
    } else {
      rest.push_back(member);
    }
  }
  std::vector<std::uint32_t>().swap(members);
  statistics_.refined_fingerprints += rest.size();
  if (rest.size() >= 2) refine(rest, byte, pairs);
}

// Distinct fingerprints differ in some byte, so that the parts become smaller until one fingerprint
// is left in each.
template <class Fingerprint>
void HammingGroups<Fingerprint>::refine(const std::vector<std::uint32_t>& rest, std::size_t byte,
                                        std::vector<CandidatePair>& pairs) {
  constexpr std::size_t kBytes = kFingerprintBits<Fingerprint> / kByteBits;
  std::array<std::uint32_t, 257> starts;
  const auto value_of = [&](std::uint32_t member) {
    return bits_of(distinct_.fingerprints[member], byte % kBytes * kByteBits, kByteBits);
  };
  const auto is_constant = [&] {
    const std::uint64_t value = value_of(rest.front());
    return std::all_of(rest.begin(), rest.end(),
                       [&](std::uint32_t member) { return value_of(member) == value; });
  };
  while (is_constant()) ++byte;

  starts.fill(0);
  for (const std::uint32_t member : rest) ++starts[value_of(member) + 1];
  for (std::size_t value = 1; value < starts.size(); ++value) starts[value] += starts[value - 1];
  std::vector<std::uint32_t> sorted(rest.size());
  auto places = starts;
  for (const std::uint32_t member : rest) sorted[places[value_of(member)]++] = member;

  std::vector<Fingerprint> fingerprints;
  for (std::size_t value = 0; value + 1 < starts.size(); ++value) {
    const auto part = std::span<const std::uint32_t>(sorted).subspan(
        starts[value], starts[value + 1] - starts[value]);
    if (part.size() < 2) continue;
    if (part.size() <= limits_.pairwise_limit) {
      fingerprints.assign(part.size() + kBehind, Fingerprint{});
      std::transform(part.begin(), part.end(), fingerprints.begin(),
                     [&](std::uint32_t member) { return distinct_.fingerprints[member]; });
      if (compare_pairwise(fingerprints, part, 0, part.size(), pairs)) continue;
    }
    walk({part.begin(), part.end()}, byte + 1, pairs);
  }
}

// Whether fingerprints that differ in these bits share the key of an earlier table, or not even
// that of this one: each pair is proposed by the first table that brings it together, so that few
// come twice. Only where both were in a group that was not compared pair by pair, that table may
// have walked past them.
template <class Fingerprint>
bool HammingGroups<Fingerprint>::another_has(const Fingerprint& difference) const {
  for (std::size_t table = 0; table < table_; ++table) {
    if (!share_bits(difference, tables_.masks[table])) return true;
  }
  return share_bits(difference, tables_.masks[table_]);
}

template <class Fingerprint>
void HammingGroups<Fingerprint>::propose(std::uint32_t x, std::uint32_t y,
                                         std::vector<CandidatePair>& pairs) {
  const std::span<const std::uint32_t> of_x = distinct_.documents_of(x);
  const std::span<const std::uint32_t> of_y = distinct_.documents_of(y);
  const bool all = of_x.size() <= limits_.equal_limit && of_y.size() <= limits_.equal_limit;
  for (std::size_t i = 0; i < of_x.size(); ++i) {
    const std::size_t partners =
        all || i < kSpeakers ? of_y.size() : std::min(of_y.size(), kSpeakers);
    for (std::size_t j = 0; j < partners; ++j) pairs.push_back(ordered(of_x[i], of_y[j]));
  }
}

template class HammingGroups<std::uint64_t>;
template class HammingGroups<Fingerprint128>;

}  // namespace copydesk
