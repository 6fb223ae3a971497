#include "copydesk/decide/second_look.h"

#include <algorithm>

namespace copydesk {

std::vector<CandidatePair> second_look(std::span<const ScoredPair> pairs,
                                       const DecisionList& decisions,
                                       std::span<const CandidatePair> looked_at) {
  const auto is_kept = [&](std::uint32_t document) {
    return decisions.kept_for[document] == document;
  };
  std::vector<CandidatePair> candidates;
  const auto consider = [&](std::uint32_t kept, std::uint32_t removed) {
    const std::uint32_t other = decisions.kept_for[removed];
    if (other == kept) return;
    candidates.push_back({std::min(kept, other), std::max(kept, other)});
  };
  for (const ScoredPair& pair : pairs) {
    if (is_kept(pair.a) && !is_kept(pair.b)) consider(pair.a, pair.b);
    if (is_kept(pair.b) && !is_kept(pair.a)) consider(pair.b, pair.a);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::erase_if(candidates, [&](const CandidatePair& candidate) {
    if (std::binary_search(looked_at.begin(), looked_at.end(), candidate)) return true;
    const auto pair = std::lower_bound(pairs.begin(), pairs.end(), candidate,
                                       [](const ScoredPair& scored, const CandidatePair& wanted) {
                                         return CandidatePair{scored.a, scored.b} < wanted;
                                       });
    return pair != pairs.end() && CandidatePair{pair->a, pair->b} == candidate;
  });
  return candidates;
}

}  // namespace copydesk
