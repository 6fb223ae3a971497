#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The parameters that dedup and pairs share.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/error.h"
#include "copydesk/index/index_parameters.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/pipeline/dedup/dedup_key.h"
#include "copydesk/pipeline/dedup/simhash_options.h"
#include "copydesk/pipeline/dedup/sketch_pass.h"
#include "copydesk/run/checkpoint.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/run_control.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct NearDuplicateOptions {
  CorpusOptions corpus;
  ShingleOptions shingles;
  SketchOptions sketch;
  CandidateMethod method = CandidateMethod::kMinHash;
  SimHashOptions simhash;  // of CandidateMethod::kSimHash; sketch and recall are of kMinHash
  TextMaskOptions mask;    // boilerplate takes no part in comparisons
  double threshold = 0.8;  // Jaccard similarity of shingle sets, in (0, 1]
  double recall =
      0.99;  // for pairs exactly at the threshold, in (0, 1); others are found more often

  std::optional<DedupKey> key;  // tells documents apart instead of all that

  bool dry_run = false;  // nothing but the plan

  // Compares as the index does.
  void compare_as(const IndexParameters& index);
};

// What a checkpoint goes by: all of the above that changes the result.
[[nodiscard]] RunIdentity make_identity(const std::string& command,
                                        const NearDuplicateOptions& options,
                                        const ScanOptions& scan, const CorpusReader& reader);

// The first document that is of none of the first `old_sources` inputs.
[[nodiscard]] std::uint32_t first_new_document(const CorpusTable& table,
                                               std::uint32_t old_sources);

// Chooses the banding, if there is to be one; throws Error{kInvalidOption} for what is out of
// range.
[[nodiscard]] ScanOptions make_scan_options(const NearDuplicateOptions& options);

// What the options came to, for the report: all parameters, and how likely pairs are to be found.
void describe(const NearDuplicateOptions& options, const ScanOptions& scan, ReportSection& section);

}  // namespace copydesk
