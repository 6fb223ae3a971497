#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents of which nearly all is in another: proposed by shared fingerprints, since a text that
// is in one ten times as long has next to no Jaccard similarity to it, and no bands in common.

#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/content_groups.h"

namespace copydesk {

// A document of fewer words is not looked for in others: it cannot have the 24 grams of six words
// by which reuse counts as earnest.
inline constexpr std::uint32_t kFewestContainedTokens = 29;

// Adds to `candidates` the pairs of which one may be in the other with the share that the
// containment rule of `context` asks for, from another pass over the input; nothing where that rule
// is off. Returns how many were added. Each is to be verified as any other candidate is.
std::uint64_t add_contained_candidates(const SearchContext& context, CorpusReader& reader,
                                       const ScannedCorpus& corpus, const ContentGroups& groups,
                                       CandidateList& candidates);

}  // namespace copydesk
