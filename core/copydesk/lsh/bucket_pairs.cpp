// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/bucket_pairs.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "copydesk/kernels/slot_agreement.h"

namespace copydesk {

namespace {

// A document in a large bucket is proposed with at most this many leaders.
constexpr std::size_t kLeadersPerDocument = 4;
// How many further rows each refinement looks at, and how often it refines before it settles for
// leaders alone.
constexpr std::size_t kRefiningRows = 4;
constexpr std::size_t kMaximumDepth = 16;
// Sketches under way from memory while others are compared.
constexpr std::size_t kFetchAhead = 8;
// Documents of a large bucket between two chances to take pairs away.
constexpr std::size_t kPart = std::size_t{1} << 16;

CandidatePair ordered(std::uint32_t x, std::uint32_t y) {
  return x < y ? CandidatePair{x, y} : CandidatePair{y, x};
}

}  // namespace

void BucketStatistics::add(const BucketStatistics& other) {
  buckets += other.buckets;
  pairs_compared += other.pairs_compared;
  large_buckets += other.large_buckets;
  large_documents += other.large_documents;
  refined_documents += other.refined_documents;
  largest_bucket = std::max(largest_bucket, other.largest_bucket);
}

BucketPairs::BucketPairs(const PackedSketches& sketches, ContentKey content_key,
                         const BucketOptions& options)
    : sketches_(sketches), content_key_(std::move(content_key)), options_(options) {}

void BucketPairs::defer(std::span<const BandSorter::Entry> bucket,
                        std::vector<CandidatePair>& pairs) {
  count_bucket(bucket.size());
  // Documents of equal keys are in ascending order.
  for (std::size_t i = 0; i < bucket.size(); ++i) {
    const std::uint32_t document = BandSorter::document_of(bucket[i]);
    if (document >= options_.first_compared) break;
    for (std::size_t j = i + 1; j < bucket.size(); ++j) {
      pairs.push_back({document, BandSorter::document_of(bucket[j])});
    }
  }
}

void BucketPairs::count_bucket(std::size_t members) {
  ++statistics_.buckets;
  statistics_.largest_bucket = std::max<std::uint64_t>(statistics_.largest_bucket, members);
}

void BucketPairs::add_bucket(std::span<const std::uint32_t> members, std::size_t first_row,
                             std::vector<CandidatePair>& pairs, const Between& between) {
  count_bucket(members.size());
  if (members.size() <= options_.pairwise_limit) {
    compare_pairwise(members, pairs, between);
    return;
  }
  ++statistics_.large_buckets;
  statistics_.large_documents += members.size();
  const bool is_loaded = !needs_loading() || members.size() <= most_loaded_;
  compare_with_leaders({members.begin(), members.end()}, {first_row, 0, is_loaded}, pairs, between);
}

void BucketPairs::compare_pairwise(std::span<const std::uint32_t> members,
                                   std::vector<CandidatePair>& pairs, const Between& between) {
  if (members.front() >= options_.first_compared) return;
  const std::size_t slots = sketches_.slots();
  rows_.resize(members.size() * slots);
  for (const std::uint32_t member : members) sketches_.prefetch(member);
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::memcpy(rows_.data() + i * slots, sketches_.row(members[i]).data(), slots);
  }
  counts_.resize(members.size());
  for (std::size_t i = 0; i + 1 < members.size() && members[i] < options_.first_compared; ++i) {
    const std::size_t others = members.size() - i - 1;
    count_equal_slots(std::span<const std::uint8_t>(rows_.data() + i * slots, slots),
                      rows_.data() + (i + 1) * slots, std::span(counts_).first(others));
    statistics_.pairs_compared += others;
    for (std::size_t j = 0; j < others; ++j) {
      if (counts_[j] >= options_.minimum_agreement) {
        pairs.push_back({members[i], members[i + 1 + j]});
      }
    }
    if (between) between();
  }
}

void BucketPairs::sort_by_content(std::vector<std::uint32_t>& members) const {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  keyed.reserve(members.size());
  for (const std::uint32_t member : members) keyed.emplace_back(content_key_(member), member);
  std::sort(keyed.begin(), keyed.end());
  for (std::size_t i = 0; i < keyed.size(); ++i) members[i] = keyed[i].second;
}

// Leader clustering on sketches (Hartigan 1975, "Clustering Algorithms", chapter 3): walk the
// documents once; each is compared with the leaders so far, is proposed with the best of them, and
// becomes a leader itself unless it belongs to one. A family of near-copies, however large,
// is thus linear work: all its members are proposed with the same few leaders, and the decision
// follows removed leaders to the documents kept in their place (decide/decider.h). What is left
// when the leaders are full consists of documents that share the band but little else; further rows
// of the sketch tell them apart, and each part starts again with leaders of its own.
void BucketPairs::compare_with_leaders(std::vector<std::uint32_t> members, const Depth& depth,
                                       std::vector<CandidatePair>& pairs, const Between& between) {
  const std::size_t slots = sketches_.slots();
  sort_by_content(members);
  std::vector<std::uint32_t> rest;
  leaders_.clear();
  rows_.resize(options_.leader_limit * slots);
  counts_.resize(options_.leader_limit);
  const std::size_t step = depth.is_loaded ? kPart : std::min(kPart, most_loaded_);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i % step == 0) {
      if (between && i > 0) between();
      if (!depth.is_loaded) load_next(members, i, step);
    }
    if (i + kFetchAhead < members.size()) sketches_.prefetch(members[i + kFetchAhead]);
    const std::uint32_t member = members[i];
    const std::span<const std::uint8_t> sketch = sketches_.row(member);
    count_equal_slots(sketch, rows_.data(), std::span(counts_).first(leaders_.size()));
    statistics_.pairs_compared += leaders_.size();
    emit_best_leaders(member, pairs);
    const auto end = counts_.begin() + static_cast<std::ptrdiff_t>(leaders_.size());
    const bool belongs = std::any_of(counts_.begin(), end, [&](std::uint16_t count) {
      return count >= options_.sure_agreement;
    });
    if (belongs) continue;
    if (leaders_.size() < options_.leader_limit) {
      std::memcpy(rows_.data() + leaders_.size() * slots, sketch.data(), slots);
      leaders_.push_back(member);
    } else {
      rest.push_back(member);
    }
  }
  std::vector<std::uint32_t>().swap(members);
  if (rest.size() < 2) return;
  if (depth.level < kMaximumDepth) {
    compare_apart(std::move(rest), depth, pairs, between);
  } else {
    // Rows no longer help: go on with fresh leaders. Each round takes at least leader_limit
    // documents out.
    compare_with_leaders(std::move(rest), depth, pairs, between);
  }
}

// Compares those with each other that further rows leave together.
void BucketPairs::compare_apart(std::vector<std::uint32_t> members, const Depth& depth,
                                std::vector<CandidatePair>& pairs, const Between& between) {
  statistics_.refined_documents += members.size();
  const std::size_t next_row =
      (depth.row + kRefiningRows) % (sketches_.slots() - kRefiningRows + 1);
  std::vector<Keyed> keyed;
  keyed.reserve(members.size());
  const std::size_t step = std::min(kPart, most_loaded_);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!depth.is_loaded && i % step == 0) load_next(members, i, step);
    const std::uint8_t* rows = sketches_.row(members[i]).data() + next_row;
    keyed.emplace_back(XXH3_64bits(rows, kRefiningRows), members[i]);
  }
  std::vector<std::uint32_t>().swap(members);
  std::sort(keyed.begin(), keyed.end());
  std::size_t loaded_end = depth.is_loaded ? keyed.size() : 0;
  for (std::size_t begin = 0, end = 0; begin < keyed.size(); begin = end) {
    while (end < keyed.size() && keyed[end].first == keyed[begin].first) ++end;
    if (end - begin < 2) continue;
    const bool fits = depth.is_loaded || end - begin <= most_loaded_;
    if (end > loaded_end) loaded_end = fits ? load_parts(keyed, begin) : end;
    std::vector<std::uint32_t> part;
    for (std::size_t i = begin; i < end; ++i) part.push_back(keyed[i].second);
    if (part.size() <= options_.pairwise_limit) {
      compare_pairwise(part, pairs, between);
    } else {
      compare_with_leaders(std::move(part), {next_row, depth.level + 1, fits}, pairs, between);
    }
  }
}

void BucketPairs::load(std::vector<std::uint32_t> documents) {
  std::sort(documents.begin(), documents.end());
  sketches_.load(documents);
}

// At most `step` members from `begin` on.
void BucketPairs::load_next(std::span<const std::uint32_t> members, std::size_t begin,
                            std::size_t step) {
  const auto part = members.subspan(begin, std::min(step, members.size() - begin));
  load({part.begin(), part.end()});
}

// Loads as many whole parts from `begin` on as may be, and returns where the last of them ends.
std::size_t BucketPairs::load_parts(std::span<const Keyed> keyed, std::size_t begin) {
  std::size_t end = std::min(keyed.size(), begin + most_loaded_);
  while (end < keyed.size() && keyed[end].first == keyed[end - 1].first) --end;
  std::vector<std::uint32_t> members;
  for (std::size_t i = begin; i < end; ++i) members.push_back(keyed[i].second);
  load(std::move(members));
  return end;
}

void BucketPairs::emit_best_leaders(std::uint32_t member, std::vector<CandidatePair>& pairs) {
  std::array<std::size_t, kLeadersPerDocument> best{};
  std::size_t found = 0;
  for (std::size_t leader = 0; leader < leaders_.size(); ++leader) {
    if (counts_[leader] < options_.minimum_agreement) continue;
    std::size_t place = found;
    while (place > 0 && counts_[leader] > counts_[best[place - 1]]) --place;
    if (place == kLeadersPerDocument) continue;
    if (found < kLeadersPerDocument) ++found;
    for (std::size_t i = found - 1; i > place; --i) best[i] = best[i - 1];
    best[place] = leader;
  }
  for (std::size_t i = 0; i < found; ++i) pairs.push_back(ordered(member, leaders_[best[i]]));
}

}  // namespace copydesk
