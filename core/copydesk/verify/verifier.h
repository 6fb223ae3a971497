#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Candidate pairs to scored pairs: the exact comparison on shingle sets that every removal rests on.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/verify/shingle_set_store.h"

namespace copydesk {

// A pair passes when its Jaccard similarity reaches `jaccard`, or when one document's share found in
// the other reaches `containment` (0: that rule is off). Both in (0, 1].
struct VerifyRule {
  double jaccard = 0.8;
  double containment = 0.0;

  [[nodiscard]] bool accepts(const Overlap& overlap) const;

  // No pair of sets of these sizes that shares fewer is accepted.
  [[nodiscard]] std::size_t least_shared(std::size_t size_a, std::size_t size_b) const;
};

// Appends the pairs that pass to `accepted`, in the order of `candidates`. Fastest when candidates
// are sorted. REQUIRES: all their documents are in `sets`. Reads `sets` only, so several threads may
// work on parts of one list.
void verify_pairs(std::span<const CandidatePair> candidates, const ShingleSetStore& sets,
                  const VerifyRule& rule, std::vector<ScoredPair>& accepted);

}  // namespace copydesk
