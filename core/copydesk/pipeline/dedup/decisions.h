#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a search for duplicates came to: which documents go, for which, and why.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "copydesk/cluster/connected_components.h"
#include "copydesk/decide/decider.h"
#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/content_groups.h"
#include "copydesk/verify/pair_sample.h"

namespace copydesk {

struct DedupVerdict {
  DecisionList decisions;
  ClusterList clusters;
  std::uint64_t verified_pairs = 0;
  std::uint64_t second_look_pairs = 0;
  std::uint64_t pairs_weighed = 0;  // how often a decision looked at a pair
  // Pairs of kept documents of an index that a run over all texts would have compared, because a new one
  // is like both, and that are alike: it would have removed one of the two.
  std::uint64_t alike_in_index = 0;
  std::optional<NearMisses> misses;  // of the first verification, if they are wanted
};

// Clusters and decisions from verified pairs, sorted by (a, b); looks again, and verifies, where a
// decision opens up new comparisons. Documents below `old.first_new` stay, and so do those of an index.
DedupVerdict reach_verdict(const SearchContext& context, const ContentGroups& groups,
                           std::span<const std::uint32_t> ranks,
                           const SpillList<ScoredPair>& pairs, const ShingleSetStore& sets,
                           const OldDocuments& old);

// For the checkpoint. read_verdict throws Error{kCorruptFile} if what is there is complete and does
// not fit together, or to a corpus of so many documents.
void write_verdict(const DedupVerdict& verdict, StageWriter& stage);
// `threshold` is that of near misses.
[[nodiscard]] DedupVerdict read_verdict(StageReader& stage, std::size_t documents,
                                        double threshold);

}  // namespace copydesk
