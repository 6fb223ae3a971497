#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From a scanned corpus to verified pairs: join, collect the shingle sets of the candidates in a
// second pass, compare exactly.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/lsh/bucket_pairs.h"
#include "copydesk/pipeline/dedup/content_groups.h"
#include "copydesk/pipeline/dedup/sketch_pass.h"
#include "copydesk/pipeline/passes/pair_search.h"
#include "copydesk/run/checkpoint.h"
#include "copydesk/stream/spill_list.h"
#include "copydesk/verify/pair_source.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/verify/shingle_set_store.h"
#include "copydesk/verify/verifier.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

// Buckets compared pair by pair: a few documents where one kept copy is all that is wanted, many
// where every pair is.
enum class PairsWanted {
  kEnoughToDecide,
  kEnoughAgainst,  // old documents, all of which stay: a new one may be like any of them
  kAll
};

struct CandidateList {
  SpillList<CandidatePair> pairs;  // sorted, distinct
  BucketStatistics statistics;
};

void describe(const CandidateList& candidates, ReportSection& section);

// What the stages of one search share.
struct SearchContext {
  const CorpusOptions& corpus;
  const ScanOptions& scan;
  const VerifyRule& rule;
  const MemoryBudget& memory;
  const RunControl& control;

  [[nodiscard]] PairSearch search() const {
    return {corpus.work_folder, corpus.threads, scan.banding.rows, rule, memory, control};
  }
};

// Joins the band keys of `corpus`, which gives sketches up, and keys that are not needed further. Pairs whose sketches make it
// all but impossible that the rule accepts them are dropped here; of the containment rule, that
// concerns texts of up to twice the length. The stage "candidates"
// of the checkpoint.
CandidateList find_candidates(const SearchContext& context, ScannedCorpus& corpus,
                              const ContentGroups& groups, PairsWanted wanted,
                              const Checkpoint& checkpoint);

// Leaves out the pairs of two texts that both stand only in documents below `first_new`.
void drop_old_pairs(const SearchContext& context, const ContentGroups& groups,
                    std::uint32_t first_new, CandidateList& candidates);
// Leaves out the pairs of two documents of an index, which are those from `first_old` on.
void drop_pairs_of_index(const SearchContext& context, std::uint32_t first_old,
                         CandidateList& candidates);

// The shingle sets of the documents marked in `wanted`, from another pass over the input. Tokens
// are kept where shared passages will be asked for.
ShingleSetStore collect_sets(const SearchContext& context, CorpusReader& reader,
                             const ScannedCorpus& corpus, const std::vector<bool>& wanted,
                             bool with_tokens);

// `pairs` must outlive it.
[[nodiscard]] PairSource source_of(const SpillList<ScoredPair>& pairs);

}  // namespace copydesk
