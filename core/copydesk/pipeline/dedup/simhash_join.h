#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The join of a corpus that was scanned for SimHash: candidates are documents whose fingerprints
// are near, found in tables that group by some of the bits (Manku, Jain and Das Sarma, "Detecting
// near-duplicates for web crawling", WWW 2007). Two fingerprints of 64 bits that differ in three
// agree in at least one of any four groups of 16 bits, so four tables would do.

#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/content_groups.h"
#include "copydesk/pipeline/dedup/sketch_pass.h"

namespace copydesk {

// Appends the candidates. To decide, members of large families of near-equal fingerprints are
// proposed with a few others each; for all pairs, only in groups beyond 131,072 fingerprints or
// 10,000 pairs a fingerprint. Memory: 45 bytes a document with fingerprints of 64 bits, 69 with
// 128, and 16 a candidate pair, whatever was allowed.
void join_simhashes(const SearchContext& context, const ScannedCorpus& corpus,
                    const ContentGroups& groups, PairsWanted wanted, CandidateList& candidates);

}  // namespace copydesk
