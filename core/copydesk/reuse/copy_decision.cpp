// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/copy_decision.h"

#include <algorithm>

#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

namespace {

constexpr std::size_t kFewestRare = 4;

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

}  // namespace copydesk
