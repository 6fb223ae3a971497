#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From a scanned corpus to verified pairs: join, collect the shingle sets of the candidates in a
// second pass, compare exactly.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "copydesk/lsh/bucket_pairs.h"
#include "copydesk/pipeline/content_groups.h"
#include "copydesk/pipeline/corpus_reader.h"
#include "copydesk/pipeline/scan.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/verify/shingle_set_store.h"
#include "copydesk/verify/verifier.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

// Buckets compared pair by pair: a few documents where one kept copy is all that is wanted, many
// where every pair is.
enum class PairsWanted { kEnoughToDecide, kAll };

struct CandidateList {
  std::vector<CandidatePair> pairs;  // sorted, distinct
  BucketStatistics statistics;
};

void describe(const CandidateList& candidates, ReportSection& section);

// Joins the band keys of `corpus` (which gives them up). Pairs whose sketches make it all but
// impossible that `rule` accepts them are dropped here; of the containment rule, that concerns texts
// of up to twice the length.
CandidateList find_candidates(ScannedCorpus& corpus, const ContentGroups& groups,
                              const ScanOptions& options, const VerifyRule& rule, PairsWanted wanted,
                              std::size_t threads, const RunControl& control);

// The shingle sets of all documents in `pairs`, from another pass over the input. Tokens are kept
// where shared passages will be asked for.
ShingleSetStore collect_sets(CorpusReader& reader, const ScannedCorpus& corpus,
                             std::span<const CandidatePair> pairs, bool with_tokens,
                             const CorpusOptions& corpus_options, const ScanOptions& options,
                             const RunControl& control);

// verify_pairs on several threads; the result is in the order of `pairs`.
std::vector<ScoredPair> verify_in_parallel(std::span<const CandidatePair> pairs,
                                           const ShingleSetStore& sets, const VerifyRule& rule,
                                           std::size_t threads, const RunControl& control);

}  // namespace copydesk
