#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/decide/decider.h"
#include "copydesk/lsh/candidate_pair.h"

namespace copydesk {

// Pairs worth verifying after a decision: a kept document was found similar to a removed one, so it
// may be similar to what was kept in that one's place, although no band brought the two together.
// At most one per scored pair; sorted, distinct, without those in `pairs` (sorted by a, b) and those
// in `looked_at` (sorted). This finds near-duplicates the sketches missed, and it is what lets large
// buckets be proposed with a few leaders only: whoever takes a leader's place inherits its pairs.
[[nodiscard]] std::vector<CandidatePair> second_look(std::span<const ScoredPair> pairs,
                                                     const DecisionList& decisions,
                                                     std::span<const CandidatePair> looked_at);

}  // namespace copydesk
