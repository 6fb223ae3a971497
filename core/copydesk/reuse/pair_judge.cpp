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
  evidence.grams_a = static_cast<std::uint32_t>(index_.distinct());
  double frequent = 0.0;
  index_.visit_hits(b, [&](std::size_t hit) {
    const std::uint32_t place = index_.first(&b[hit]);
    if (place == GramIndex::kNone || seen_by_[place] == pair_) return hit + 1;
    seen_by_[place] = pair_;
    ++evidence.shared_grams;
    if (frequent_.empty()) {
      if (evidence.shared_grams == enough) return b.size();
    } else {
      const std::uint64_t gram = hash_gram(b.subspan(hit, kGramTokens));
      if (is_sampled(gram) && std::binary_search(frequent_.begin(), frequent_.end(), gram)) {
        ++frequent;
      }
    }
    return hit + 1;
  });
  if (candidate.shared > 0.0) {
    evidence.weight = evidence.shared_grams * candidate.mean_weight * candidate.shared /
                      (candidate.shared + frequent);
  }
  if (frequent > candidate.shared) evidence.median_df = ~std::uint32_t{0};
  return evidence;
}

namespace {

// What is counted in the passages of a pair: equal tokens are the same on both sides and counted
// once, those that differ on each.
struct Counts {
  std::size_t equal = 0;              // of one side
  std::size_t other_a = 0, other_b = 0;  // between the equal tokens, of each side

  [[nodiscard]] std::size_t other() const { return other_a + other_b; }
  [[nodiscard]] std::size_t all() const { return 2 * equal + other(); }
};

// `count_a` and `count_b` give the number of wanted tokens from one place of a text to another.
template <class CountA, class CountB>
Counts count_in(std::span<const Passage> passages, CountA&& count_a, CountB&& count_b) {
  Counts counts;
  for (const Passage& passage : passages) {
    std::size_t from_a = passage.begin_a;
    std::size_t from_b = passage.begin_b;
    for (const SharedRun& run : passage.runs) {
      counts.equal += count_a(run.begin_a, run.begin_a + run.length);
      counts.other_a += count_a(from_a, run.begin_a);
      counts.other_b += count_b(from_b, run.begin_b);
      from_a = run.begin_a + run.length;
      from_b = run.begin_b + run.length;
    }
  }
  return counts;
}

// What counts the tokens of a text that are wanted.
template <class Wanted>
auto counter(std::span<const std::uint32_t> tokens, const Wanted& wanted) {
  return [tokens, &wanted](std::size_t begin, std::size_t end) {
    std::size_t found = 0;
    for (std::size_t i = begin; i < end; ++i) found += wanted(tokens[i]) ? 1 : 0;
    return found;
  };
}

}  // namespace

// Once for all texts that a is compared with.
void PairJudge::count_numbers() {
  numbers_before_.reserve(a_.size() + 1);
  numbers_before_.push_back(0);
  for (const std::uint32_t token : a_) {
    numbers_before_.push_back(numbers_before_.back() + (numbers_.contains(token) ? 1 : 0));
  }
}

void PairJudge::judge_passages(std::span<const Passage> passages, std::span<const std::uint32_t> b,
                               const CopyRule& rule, bool wants_all, PairEvidence& evidence) {
  std::size_t all = 0;
  std::size_t matched = 0;
  std::size_t in_long_runs = 0;
  std::size_t in_long_passages = 0;
  for (const Passage& passage : passages) {
    for (const SharedRun& run : passage.runs) {
      if (run.length >= kLongRun) in_long_runs += run.length;
    }
    all += passage.end_a - passage.begin_a + passage.end_b - passage.begin_b;
    matched += passage.matched;
    if (passage.matched >= kLongPassage) in_long_passages += passage.matched;
  }
  evidence.tokens = static_cast<std::uint32_t>(all);
  evidence.matched = static_cast<std::uint32_t>(matched);
  evidence.in_long_runs = static_cast<std::uint32_t>(in_long_runs);
  evidence.in_long_passages = static_cast<std::uint32_t>(in_long_passages);

  if (numbers_before_.empty()) count_numbers();
  const auto is_number = [&](std::uint32_t token) { return numbers_.contains(token); };
  const Counts numbers = count_in(
      passages,
      [&](std::size_t begin, std::size_t end) {
        return std::size_t{numbers_before_[end] - numbers_before_[begin]};
      },
      counter(b, is_number));
  evidence.numbers = static_cast<std::uint32_t>(numbers.all());
  if (all > 2 * matched) {
    evidence.differing_numbers =
        static_cast<double>(numbers.other()) / static_cast<double>(all - 2 * matched);
  }
  if (numbers.all() > 0) {
    evidence.number_agreement =
        2.0 * static_cast<double>(numbers.equal) / static_cast<double>(numbers.all());
  }
  // A number or two of one side alone are chance.
  if (std::max(numbers.other_a, numbers.other_b) >= rule.fewest_numbers) {
    evidence.number_balance = static_cast<double>(std::min(numbers.other_a, numbers.other_b)) /
                              static_cast<double>(std::max(numbers.other_a, numbers.other_b));
  }
  if (evidence.has_other_figures(rule))
    evidence.slots = slots_.find(passages, a_, b, numbers_before_);
  if (wants_all || evidence.needs_particulars(rule)) judge_particulars(passages, b, evidence);
}

void PairJudge::judge_particulars(std::span<const Passage> passages,
                                  std::span<const std::uint32_t> b,
                                  PairEvidence& evidence) const {
  const std::uint32_t limit =
      std::max(frequencies_.rare_limit(), 2 * std::min(evidence.median_df, kMostFamily));
  const auto is_rare = [&](std::uint32_t token) { return frequencies_.is_rare(token, limit); };
  const Counts rare = count_in(passages, counter(a_, is_rare), counter(b, is_rare));
  evidence.rare_matched = static_cast<std::uint32_t>(rare.equal);
  evidence.has_rare = rare.all() >= 2 * kFewestRare;
  evidence.agreement = evidence.has_rare
                           ? 2.0 * static_cast<double>(rare.equal) / static_cast<double>(rare.all())
                           : evidence.similarity();
}

}  // namespace copydesk
