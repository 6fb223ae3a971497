// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/pair_judge.h"

#include <algorithm>

#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

namespace {

constexpr std::size_t kFewestRare = 4;
// The names in a story printed this often are still particulars of it.
constexpr std::uint32_t kMostFamily = 1000;
// Passages shorter than this do not make a pair reuse.
constexpr std::size_t kLongPassage = 20;

}  // namespace

// All shared grams are counted, but the frequency in the corpus is known for the sampled ones only:
// the weight is the count times the mean weight of these. Sampled grams that were too frequent to
// make pairs weigh nothing and lower the mean. A gram that b repeats is known by the mark it left
// at its first place in a: sorting the grams of b for each pair took half the time of a run.
PairEvidence PairJudge::judge(const ReuseCandidate& candidate, std::span<const std::uint32_t> b,
                              std::uint32_t enough) {
  PairEvidence evidence;
  evidence.median_df = candidate.median_df;
  if (enough > 0 && frequent_.empty() && candidate.shared >= enough) {
    evidence.shared_grams = enough;
    return evidence;
  }
  if (!is_indexed_) {
    index_.build(a_, kGramTokens);
    seen_by_.assign(a_.size(), 0);
    pair_ = 0;
    is_indexed_ = true;
  }
  ++pair_;
  hash_grams(b, kGramTokens, grams_);
  evidence.grams_a = static_cast<std::uint32_t>(index_.distinct());
  double frequent = 0.0;
  for (const std::uint64_t gram : grams_) {
    const std::uint32_t place = index_.first(gram);
    if (place == GramIndex::kNone || seen_by_[place] == pair_) continue;
    seen_by_[place] = pair_;
    ++evidence.shared_grams;
    if (frequent_.empty()) {
      if (evidence.shared_grams == enough) break;
    } else if (is_sampled(gram) &&
               std::binary_search(frequent_.begin(), frequent_.end(), gram)) {
      ++frequent;
    }
  }
  if (candidate.shared > 0.0) {
    evidence.weight = evidence.shared_grams * candidate.mean_weight * candidate.shared /
                      (candidate.shared + frequent);
  }
  if (frequent > candidate.shared) evidence.median_df = ~std::uint32_t{0};
  return evidence;
}

void PairJudge::judge_passages(std::span<const Passage> passages, std::span<const std::uint32_t> b,
                               PairEvidence& evidence) {
  std::size_t rare = 0;
  std::size_t rare_matched = 0;
  std::size_t all = 0;
  std::size_t matched = 0;
  std::size_t in_long_runs = 0;
  std::size_t in_long_passages = 0;
  std::uint32_t numbers = 0;
  std::uint32_t equal_numbers = 0;
  const std::uint32_t limit =
      std::max(frequencies_.rare_limit(), 2 * std::min(evidence.median_df, kMostFamily));
  const auto count = [&](std::span<const std::uint32_t> tokens, std::size_t& rare_ones,
                         std::uint32_t& number_ones) {
    for (const std::uint32_t token : tokens) {
      rare_ones += frequencies_.is_rare(token, limit) ? 1 : 0;
      number_ones += numbers_.contains(token) ? 1 : 0;
    }
  };
  for (const Passage& passage : passages) {
    // What is equal is the same on both sides and looked up once, what differs on each.
    std::size_t from_a = passage.begin_a;
    std::size_t from_b = passage.begin_b;
    for (const SharedRun& run : passage.runs) {
      std::size_t rare_here = 0;
      std::uint32_t numbers_here = 0;
      count(a_.subspan(run.begin_a, run.length), rare_here, numbers_here);
      rare_matched += rare_here;
      equal_numbers += numbers_here;
      count(a_.subspan(from_a, run.begin_a - from_a), rare, numbers);
      count(b.subspan(from_b, run.begin_b - from_b), rare, numbers);
      from_a = run.begin_a + run.length;
      from_b = run.begin_b + run.length;
      if (run.length >= kLongRun) in_long_runs += run.length;
    }
    all += passage.end_a - passage.begin_a + passage.end_b - passage.begin_b;
    matched += passage.matched;
    if (passage.matched >= kLongPassage) in_long_passages += passage.matched;
  }
  rare += 2 * rare_matched;
  numbers += 2 * equal_numbers;
  evidence.tokens = static_cast<std::uint32_t>(all);
  evidence.matched = static_cast<std::uint32_t>(matched);
  evidence.in_long_runs = static_cast<std::uint32_t>(in_long_runs);
  evidence.in_long_passages = static_cast<std::uint32_t>(in_long_passages);
  evidence.numbers = numbers;
  if (all > 2 * matched) {
    evidence.differing_numbers = static_cast<double>(numbers - 2 * equal_numbers) /
                                 static_cast<double>(all - 2 * matched);
  }
  if (numbers > 0) evidence.number_agreement = 2.0 * equal_numbers / numbers;
  if (numbers > 2 * equal_numbers) evidence.slots = slots_.find(passages, a_, b);
  evidence.rare_matched = static_cast<std::uint32_t>(rare_matched);
  evidence.has_rare = rare >= 2 * kFewestRare;
  if (evidence.has_rare) {
    evidence.agreement = 2.0 * static_cast<double>(rare_matched) / static_cast<double>(rare);
  } else if (all > 0) {
    evidence.agreement = 2.0 * static_cast<double>(matched) / static_cast<double>(all);
  }
}

}  // namespace copydesk
