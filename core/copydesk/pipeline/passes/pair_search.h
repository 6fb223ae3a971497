#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From sketches to verified pairs, of whatever was sketched: documents of dedup and pairs, paragraphs
// of blocks. Items are numbered from 0 in the order in which they were sketched.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "copydesk/lsh/band_key_table.h"
#include "copydesk/lsh/bucket_pairs.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/run_control.h"
#include "copydesk/sketch/packed_sketches.h"
#include "copydesk/stream/spill_list.h"
#include "copydesk/verify/pair_sample.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/verify/shingle_set_store.h"
#include "copydesk/verify/verifier.h"

namespace copydesk {

// What the steps of one search share. Kept by reference.
struct PairSearch {
  const std::string& work_folder;
  std::size_t threads;
  std::size_t rows;  // of a band
  const VerifyRule& rule;
  const MemoryBudget& memory;
  const RunControl& control;
  NearMisses* misses = nullptr;  // where pairs go that were compared and fall just short, if anywhere
  // Items from this one on have been compared with each other before: BucketOptions::first_compared.
  std::uint32_t first_compared = std::numeric_limits<std::uint32_t>::max();
};

// Buckets of up to this many items are compared pair by pair.
inline constexpr std::size_t kPairwiseToDecide = 64;     // where one kept copy is all that is wanted
inline constexpr std::size_t kPairwiseAgainst = 2'000;   // where any of many may be the one to keep
inline constexpr std::size_t kPairwiseForAll = 20'000;   // where every pair is wanted

// Appends the candidate pairs among `items`, ascending, to `pairs`: sorted, each once. Pairs whose
// sketches make it all but impossible that the rule accepts them are left out; of the containment
// rule, that concerns items of up to twice the length.
BucketStatistics join_sketches(const PairSearch& search, const BandKeyTable& keys,
                               const PackedSketches& sketches, std::span<const std::uint32_t> items,
                               const BucketPairs::ContentKey& content_key,
                               std::size_t pairwise_limit, SpillList<CandidatePair>& pairs);

// The items that occur in `pairs`, marked.
[[nodiscard]] std::vector<bool> items_in(const SpillList<CandidatePair>& pairs, std::size_t items);

// verify_pairs on several threads; the result is in the order of `pairs`.
[[nodiscard]] std::vector<ScoredPair> verify_in_parallel(const PairSearch& search,
                                                         std::span<const CandidatePair> pairs,
                                                         const ShingleSetStore& sets);
// The same for lists that need not fit in memory; what passed is kept in memory.pairs.
[[nodiscard]] SpillList<ScoredPair> verify_candidates(const PairSearch& search,
                                                      const SpillList<CandidatePair>& pairs,
                                                      const ShingleSetStore& sets);

}  // namespace copydesk
