#include "copydesk/verify/verifier.h"

#include <algorithm>
#include <iterator>

#include "copydesk/kernels/intersection.h"
#include "copydesk/shingle/telling_length.h"
#include "copydesk/verify/set_signatures.h"

namespace copydesk {

bool VerifyRule::accepts(const Overlap& overlap) const {
  if (overlap.jaccard() >= jaccard) return true;
  return containment > 0.0 &&
         std::max(overlap.containment_a(), overlap.containment_b()) >= containment;
}

namespace {

// Long enough for both texts, but not so long that only whole texts could have it in common.
std::size_t common_length(std::size_t a, std::size_t b, const CountedShingles& text_a,
                          const CountedShingles& text_b) {
  return std::min(std::max(a, b), longest_shingle(std::min(text_a.tokens.size(), text_b.tokens.size())));
}

}  // namespace

bool VerifyRule::accepts_counts(const Overlap& overlap, const CountedShingles& a,
                                const CountedShingles& b) const {
  const bool by_jaccard = overlap.jaccard() >= jaccard;
  // What the sets say of `measured` must be true of it, at so many tokens a shingle.
  const auto agrees = [&](const Overlap& measured, std::size_t length) {
    if (by_jaccard) return measured.jaccard() >= jaccard_at_length(jaccard, shingle_size, length);
    const double least = containment_at_length(containment, shingle_size, length);
    return (overlap.containment_a() < containment || measured.containment_a() >= least) &&
           (overlap.containment_b() < containment || measured.containment_b() >= least);
  };
  if (a.telling_length > 0 || b.telling_length > 0) {
    if (!agrees(counted_overlap(a, b), shingle_size)) return false;
  }
  if (a.telling_length > 0 && b.telling_length > 0) {
    const std::size_t length = common_length(a.telling_length, b.telling_length, a, b);
    if (length > shingle_size && !agrees(window_overlap(a.tokens, b.tokens, length, true), length)) {
      return false;
    }
  }
  if (a.order_length == 0 || b.order_length == 0) return true;
  const std::size_t length = common_length(a.order_length, b.order_length, a, b);
  return length <= shingle_size || agrees(window_overlap(a.tokens, b.tokens, length, false), length);
}

// One less than the rules say is on the safe side of all rounding.
std::size_t VerifyRule::least_shared(std::size_t size_a, std::size_t size_b) const {
  const double all = static_cast<double>(size_a) + static_cast<double>(size_b);
  double least = all * jaccard / (1.0 + jaccard);
  if (containment > 0.0) {
    least = std::min(least, containment * static_cast<double>(std::min(size_a, size_b)));
  }
  return least < 1.0 ? 0 : static_cast<std::size_t>(least) - 1;
}

void verify_pairs(std::span<const CandidatePair> candidates, const ShingleSetStore& sets,
                  const VerifyRule& rule, std::vector<ScoredPair>& accepted, const SetSignatures* signatures,
                  std::vector<ScoredPair>* refused, double refused_from) {
  VerifyRule lower = rule;  // what is to be counted in full
  if (refused != nullptr) lower.jaccard = std::min(rule.jaccard, refused_from);
  std::vector<CandidatePair> left;
  if (signatures != nullptr) {
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(left),
                 [&](const CandidatePair& pair) { return !signatures->rule_out(pair, lower); });
    candidates = left;
  }
  ShingleSetStore::Buffer buffer_a;
  ShingleSetStore::Buffer buffer_b;
  ShingleSetStore::View view_a;
  bool have_a = false;
  std::uint32_t current_a = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const CandidatePair& pair = candidates[i];
    if (i + 1 < candidates.size()) sets.prefetch(candidates[i + 1].b);
    if (!have_a || current_a != pair.a) {
      view_a = sets.get(pair.a, buffer_a);
      current_a = pair.a;
      have_a = true;
    }
    const ShingleSetStore::View view_b = sets.get(pair.b, buffer_b);
    const std::size_t least = lower.least_shared(view_a.set.size(), view_b.set.size());
    const std::size_t shared = intersection_size(view_a.set, view_b.set, least);
    if (shared < least) continue;
    const Overlap overlap{static_cast<std::uint32_t>(shared),
                          static_cast<std::uint32_t>(view_a.set.size()),
                          static_cast<std::uint32_t>(view_b.set.size())};
    if (rule.accepts(overlap) && rule.accepts_counts(overlap, view_a.counted, view_b.counted)) {
      accepted.push_back({pair.a, pair.b, overlap});
    } else if (refused != nullptr && overlap.jaccard() >= refused_from &&
               overlap.jaccard() < rule.jaccard) {
      refused->push_back({pair.a, pair.b, overlap});
    }
  }
}

}  // namespace copydesk
