#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// In small corpora, pairs that share no gram of six words but seeds of five, from which the aligner
// starts: of a copy in which every sixth word was replaced nothing else is left. What `compare`
// calls a copy is found by `reuse` this way. In a corpus of some million tokens that costs a second
// or two; a large one goes by the sampled fingerprints alone.

#include <cstdint>

#include "copydesk/pipeline/passes/gram_join.h"
#include "copydesk/pipeline/passes/gram_pass.h"
#include "copydesk/pipeline/reuse/reuse_search.h"

namespace copydesk {

// Tokens of the distinct texts of a corpus up to which it is small.
inline constexpr std::uint64_t kMostSmallTokens = 4'000'000;

[[nodiscard]] bool is_small(const FingerprintedCorpus& corpus);

// Adds the pairs that share seeds, with their median frequency and without weight. REQUIRES: all
// distinct texts of `corpus` were collected; candidates.pairs is sorted, and stays so.
void add_seed_pairs(const FingerprintedCorpus& corpus, const CollectedTexts& collected,
                    const CandidateOptions& options, const CorpusOptions& corpus_options,
                    std::size_t memory_bytes, const RunControl& control,
                    FingerprintJoin& candidates);

}  // namespace copydesk
