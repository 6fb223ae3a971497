#include "copydesk/verify/verifier.h"

#include <algorithm>

#include "copydesk/kernels/intersection.h"

namespace copydesk {

bool VerifyRule::accepts(const Overlap& overlap) const {
  if (overlap.jaccard() >= jaccard) return true;
  return containment > 0.0 &&
         std::max(overlap.containment_a(), overlap.containment_b()) >= containment;
}

void verify_pairs(std::span<const CandidatePair> candidates, const ShingleSetStore& sets,
                  const VerifyRule& rule, std::vector<ScoredPair>& accepted) {
  ShingleSetStore::Buffer buffer_a;
  ShingleSetStore::Buffer buffer_b;
  ShingleSetStore::View view_a;
  bool have_a = false;
  std::uint32_t current_a = 0;
  for (const CandidatePair& pair : candidates) {
    if (!have_a || current_a != pair.a) {
      view_a = sets.get(pair.a, buffer_a);
      current_a = pair.a;
      have_a = true;
    }
    const ShingleSetStore::View view_b = sets.get(pair.b, buffer_b);
    const Overlap overlap{static_cast<std::uint32_t>(intersection_size(view_a.set, view_b.set)),
                          static_cast<std::uint32_t>(view_a.set.size()),
                          static_cast<std::uint32_t>(view_b.set.size())};
    if (rule.accepts(overlap)) accepted.push_back({pair.a, pair.b, overlap});
  }
}

}  // namespace copydesk
