// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/pair_search.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "copydesk/lsh/candidate_join.h"
#include "copydesk/lsh/pair_comparison.h"
#include "copydesk/lsh/pair_runs.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/sketch/similarity_estimate.h"
#include "copydesk/verify/set_signatures.h"

namespace copydesk {

namespace {

// A pair at the threshold is lost to the comparison of sketches with at most this probability ...
constexpr double kLossTail = 1e-5;
// ... and in a large bucket an item belongs to a leader that it agrees with as often as half of the
// pairs at the threshold do. A stricter bound makes leaders of items that belong together, and their
// family then takes many second looks to fall to one (846 of 100,000 stood after eight).
constexpr double kBelongingTail = 0.5;

constexpr std::size_t kPart = std::size_t{1} << 17;

BucketOptions bucket_options(const VerifyRule& rule, std::size_t slots,
                             std::size_t pairwise_limit) {
  BucketOptions buckets;
  buckets.pairwise_limit = pairwise_limit;
  // A text with the share c in one twice as long has a Jaccard similarity of c / (3 - c).
  const double lowest = rule.containment > 0.0
                            ? std::min(rule.jaccard, rule.containment / (3.0 - rule.containment))
                            : rule.jaccard;
  buckets.minimum_agreement = minimum_agreement(slots, lowest, kLossTail);
  buckets.sure_agreement = sure_agreement(slots, rule.jaccard, kBelongingTail);
  return buckets;
}

}  // namespace

BucketStatistics join_sketches(const PairSearch& search, const BandKeyTable& keys,
                               const PackedSketches& sketches, std::span<const std::uint32_t> items,
                               const BucketPairs::ContentKey& content_key,
                               std::size_t pairwise_limit, SpillList<CandidatePair>& pairs) {
  BucketOptions buckets = bucket_options(search.rule, sketches.slots(), pairwise_limit);
  buckets.first_compared = search.first_compared;
  const JoinMemory memory{search.memory.join_entries, search.memory.join_pairs,
                          search.memory.join_sketches};
  PairRuns runs(search.work_folder, search.memory.pairs);
  const std::size_t bands = keys.bands();
  std::vector<CandidateJoin> workers;
  for (std::size_t i = 0; i < std::min(search.threads, bands); ++i) {
    workers.emplace_back(keys, items, search.rows, memory,
                         BucketPairs(sketches, content_key, buckets), runs);
  }
  std::mutex mutex;
  std::uint64_t bands_done = 0;
  parallel_for(workers.size(), bands, 1, [&](std::size_t band, std::size_t, std::size_t worker) {
    search.control.check_stop();
    workers[worker].join_band(band);
    const std::lock_guard lock(mutex);
    search.control.report({"join", ++bands_done, bands, "bands", keys.size()});
  });
  BucketStatistics statistics;
  for (const CandidateJoin& worker : workers) statistics.add(worker.statistics());
  workers.clear();  // their buffers make room for the sketches
  const PairComparison comparison{buckets.minimum_agreement, memory.sketch_bytes * search.threads,
                                  search.threads};
  statistics.pairs_compared += compare_merged_pairs(
      runs, sketches, comparison, [&](std::span<const CandidatePair> found) {
        search.control.check_stop();
        pairs.append(found);
      });
  return statistics;
}

std::vector<bool> items_in(const SpillList<CandidatePair>& pairs, std::size_t items) {
  std::vector<bool> wanted(items);
  pairs.for_each_part(kPart, [&](std::span<const CandidatePair> part) {
    for (const CandidatePair& pair : part) wanted[pair.a] = wanted[pair.b] = true;
  });
  return wanted;
}

std::vector<ScoredPair> verify_in_parallel(const PairSearch& search,
                                           std::span<const CandidatePair> pairs,
                                           const ShingleSetStore& sets) {
  constexpr std::size_t kGrain = 4096;
  const SetSignatures signatures(pairs, sets, search.memory.signatures, search.threads);
  const std::size_t part_count = (pairs.size() + kGrain - 1) / kGrain;
  std::vector<std::vector<ScoredPair>> parts(part_count);
  std::vector<std::vector<ScoredPair>> refused(search.misses == nullptr ? 0 : part_count);
  const double refused_from = search.misses == nullptr ? 1.0 : search.misses->least();
  parallel_for(search.threads, pairs.size(), kGrain,
               [&](std::size_t begin, std::size_t end, std::size_t) {
                 search.control.check_stop();
                 const auto part = pairs.subspan(begin, end - begin);
                 const std::size_t number = begin / kGrain;
                 verify_pairs(part, sets, search.rule, parts[number], &signatures,
                              refused.empty() ? nullptr : &refused[number], refused_from);
               });
  for (const std::vector<ScoredPair>& part : refused) {
    for (const ScoredPair& pair : part) search.misses->add(pair);
  }
  std::vector<ScoredPair> accepted;
  for (std::vector<ScoredPair>& part : parts) {
    accepted.insert(accepted.end(), part.begin(), part.end());
    std::vector<ScoredPair>().swap(part);
  }
  return accepted;
}

SpillList<ScoredPair> verify_candidates(const PairSearch& search,
                                        const SpillList<CandidatePair>& candidates,
                                        const ShingleSetStore& sets) {
  SpillList<ScoredPair> accepted(search.work_folder, search.memory.pairs);
  std::uint64_t done = 0;
  candidates.for_each_part(kPart * 8, [&](std::span<const CandidatePair> pairs) {
    accepted.append(verify_in_parallel(search, pairs, sets));
    done += pairs.size();
    search.control.report({"verify", done, candidates.size(), "pairs", 0});
  });
  return accepted;
}

}  // namespace copydesk
