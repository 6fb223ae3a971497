#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The parameters that dedup and pairs share.

#include <string>

#include "copydesk/lsh/banding.h"
#include "copydesk/pipeline/corpus_options.h"
#include "copydesk/pipeline/scan.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct NearDuplicateOptions {
  CorpusOptions corpus;
  ShingleOptions shingles;
  SketchOptions sketch;
  double threshold = 0.8;  // Jaccard similarity of shingle sets, in (0, 1]
  double recall = 0.99;    // for pairs exactly at the threshold, in (0, 1); others are found more often
};

// Chooses the banding; throws Error{kInvalidOption} for what is out of range.
[[nodiscard]] ScanOptions make_scan_options(const NearDuplicateOptions& options);

// What the options came to, for the report: all parameters, the banding and its S-curve.
void describe(const NearDuplicateOptions& options, const ScanOptions& scan, ReportSection& section);

}  // namespace copydesk
