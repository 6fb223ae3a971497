#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Candidate pairs to scored pairs: the exact comparison on shingle sets that every removal rests
// on. Two sets of 100 shingles that share 90 have a similarity of 90 / 110 = .82 and pass at a
// threshold of .8.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/verify/shingle_set_store.h"

namespace copydesk {

class SetSignatures;

// A pair passes when its Jaccard similarity reaches `jaccard`, or when one document's share found in
// the other reaches `containment` (0: that rule is off). Both in (0, 1].
struct VerifyRule {
  double jaccard = 0.8;
  double containment = 0.0;
  std::size_t shingle_size = 5;  // tokens in a shingle

  [[nodiscard]] bool accepts(const Overlap& overlap) const;

  // Whether a pair that `overlap` lets pass is also alike in what shingle sets do not tell. Two texts
  // of few distinct tokens, such as two rows of a thousand coins thrown, have all their shingles in
  // common and nothing else: what the sets say must be true of how often shingles occur, too, and of
  // shingles so long that they do not recur by chance (jaccard_at_length). With shingles of
  // characters the latter goes for all texts. Limit: a text of few distinct tokens that is printed
  // twice is not taken for a copy of one that has it once. True where neither text has counts.
  [[nodiscard]] bool accepts_counts(const Overlap& overlap, const CountedShingles& a,
                                    const CountedShingles& b) const;

  // No pair of sets of these sizes that shares fewer is accepted.
  [[nodiscard]] std::size_t least_shared(std::size_t size_a, std::size_t size_b) const;
};

// Appends the pairs that pass to `accepted`, in the order of `candidates`. Fastest when candidates
// are sorted. REQUIRES: all their documents are in `sets`. Reads `sets` only, so several threads may
// work on parts of one list. With `signatures`, sets are not read where these tell that too little is shared.
// With `refused`, pairs whose Jaccard similarity is below the rule's but at least `refused_from` are appended to that.
void verify_pairs(std::span<const CandidatePair> candidates, const ShingleSetStore& sets,
                  const VerifyRule& rule, std::vector<ScoredPair>& accepted,
                  const SetSignatures* signatures = nullptr, std::vector<ScoredPair>* refused = nullptr,
                  double refused_from = 1.0);

}  // namespace copydesk
