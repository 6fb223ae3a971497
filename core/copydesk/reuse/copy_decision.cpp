// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/copy_decision.h"

#include <algorithm>

#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

namespace {

constexpr std::size_t kFewestRare = 4;
// The names in a story printed this often are still particulars of it.
constexpr std::uint32_t kMostFamily = 1000;

}  // namespace

void PairJudge::prepare(std::span<const std::uint32_t> a) {
  a_ = a;
  index_.build(a, kGramTokens);
  collect_rare(a, rare_a_);
}

void PairJudge::collect_rare(std::span<const std::uint32_t> tokens,
                             std::vector<std::uint32_t>& rare) const {
  rare.clear();
  for (const std::uint32_t token : tokens) {
    if (frequencies_.is_rare(token)) rare.push_back(token);
  }
  std::sort(rare.begin(), rare.end());
  rare.erase(std::unique(rare.begin(), rare.end()), rare.end());
}

// All shared grams are counted, but the frequency in the corpus is known for the sampled ones only:
// the weight is the count times the mean weight of these. Sampled grams that were too frequent to
// make pairs weigh nothing and lower the mean.
PairEvidence PairJudge::judge(const ReuseCandidate& candidate, std::span<const std::uint32_t> b) {
  hash_grams(b, kGramTokens, grams_);
  std::sort(grams_.begin(), grams_.end());
  grams_.erase(std::unique(grams_.begin(), grams_.end()), grams_.end());
  PairEvidence evidence;
  evidence.grams_a = static_cast<std::uint32_t>(index_.distinct());
  evidence.grams_b = static_cast<std::uint32_t>(grams_.size());
  double frequent = 0.0;
  for (const std::uint64_t gram : grams_) {
    if (index_.first(gram) == GramIndex::kNone) continue;
    ++evidence.shared_grams;
    if (is_sampled(gram) && std::binary_search(frequent_.begin(), frequent_.end(), gram))
      ++frequent;
  }
  if (candidate.shared > 0.0) {
    evidence.weight = evidence.shared_grams * candidate.mean_weight * candidate.shared /
                      (candidate.shared + frequent);
  }
  evidence.median_df = frequent > candidate.shared ? ~std::uint32_t{0} : candidate.median_df;

  collect_rare(b, rare_b_);
  const std::vector<std::uint32_t>& shorter = a_.size() <= b.size() ? rare_a_ : rare_b_;
  const std::vector<std::uint32_t>& longer = a_.size() <= b.size() ? rare_b_ : rare_a_;
  if (shorter.size() >= kFewestRare) {
    std::size_t common = 0;
    for (const std::uint32_t token : shorter) {
      common += std::binary_search(longer.begin(), longer.end(), token) ? 1 : 0;
    }
    evidence.rare_overlap = static_cast<double>(common) / static_cast<double>(shorter.size());
  }
  return evidence;
}

void PairJudge::judge_passages(std::span<const Passage> passages, std::span<const std::uint32_t> b,
                               PairEvidence& evidence) const {
  std::size_t rare = 0;
  std::size_t rare_matched = 0;
  std::size_t all = 0;
  std::size_t matched = 0;
  const std::uint32_t limit =
      std::max(frequencies_.rare_limit(), 2 * std::min(evidence.median_df, kMostFamily));
  const auto count = [&](std::span<const std::uint32_t> tokens) {
    return static_cast<std::size_t>(
        std::count_if(tokens.begin(), tokens.end(),
                      [&](std::uint32_t token) { return frequencies_.is_rare(token, limit); }));
  };
  const auto count_numbers = [&](std::span<const std::uint32_t> tokens) {
    return static_cast<std::uint32_t>(
        std::count_if(tokens.begin(), tokens.end(),
                      [&](std::uint32_t token) { return numbers_.contains(token); }));
  };
  std::uint32_t equal_numbers = 0;
  for (const Passage& passage : passages) {
    const std::size_t length_a = passage.end_a - passage.begin_a;
    const std::size_t length_b = passage.end_b - passage.begin_b;
    rare += count(a_.subspan(passage.begin_a, length_a));
    rare += count(b.subspan(passage.begin_b, length_b));
    all += length_a + length_b;
    matched += passage.matched;
    evidence.numbers += count_numbers(a_.subspan(passage.begin_a, length_a)) +
                        count_numbers(b.subspan(passage.begin_b, length_b));
    for (const SharedRun& run : passage.runs) {
      rare_matched += count(a_.subspan(run.begin_a, run.length));
      equal_numbers += count_numbers(a_.subspan(run.begin_a, run.length));
    }
  }
  if (all > 2 * matched) {
    evidence.differing_numbers = static_cast<double>(evidence.numbers - 2 * equal_numbers) /
                                 static_cast<double>(all - 2 * matched);
  }
  if (evidence.numbers > 0) {
    evidence.number_agreement = 2.0 * equal_numbers / evidence.numbers;
  }
  evidence.rare_matched = static_cast<std::uint32_t>(rare_matched);
  evidence.has_rare = rare >= 2 * kFewestRare;
  if (evidence.has_rare) {
    evidence.agreement = 2.0 * static_cast<double>(rare_matched) / static_cast<double>(rare);
  } else if (all > 0) {
    evidence.agreement = 2.0 * static_cast<double>(matched) / static_cast<double>(all);
  }
}

// What recurs is a template, what occurs in exactly these two is a copy; but stories printed more
// than twice recur, too. Then the particulars decide: names and figures are what copies share and
// what forms are filled in with. Only the passages are looked at, since a paragraph quoted in
// another story agrees with it in nothing else.
bool PairEvidence::is_template(const CopyRule& rule) const {
  const double least_numbers = median_df <= rule.most_median_df ? rule.minimum_number_agreement
                                                                : rule.recurring_number_agreement;
  if (numbers >= rule.fewest_numbers && number_agreement < least_numbers &&
      differing_numbers >= rule.minimum_differing_numbers) {
    return true;
  }
  if (median_df <= rule.most_median_df) {
    return has_rare && agreement < rule.minimum_agreement &&
           (rare_matched <= rule.few_rare || rare_overlap < rule.minimum_rare_overlap);
  }
  const bool agrees = agreement >= rule.recurring_agreement;
  const bool agrees_in_many = agreement >= rule.many_agreement && rare_matched >= rule.many_rare;
  return !agrees && !agrees_in_many;
}

}  // namespace copydesk
