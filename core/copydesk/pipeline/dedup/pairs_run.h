#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// All similar pairs of a corpus; nothing is removed.

#include <cstdint>
#include <functional>
#include <string>

#include "copydesk/pipeline/dedup/near_duplicate_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct PairsOptions {
  NearDuplicateOptions search;
  std::string pairs_path;  // "-" for standard output, empty for nowhere
  std::function<void(SimilarPair)> on_pair;  // each of them, too
  // Groups of equal texts with more members than this are not written out pair by pair: their first
  // document is paired with every other, and stands for the group in pairs with other texts.
  std::size_t most_expanded = 1000;
};

struct PairsSummary {
  std::uint64_t documents = 0, old_documents = 0, pairs = 0, faults = 0, groups_not_expanded = 0, bytes = 0;
};

struct PairsResult {
  PairsSummary summary;
  RunReport report;
};

// Pairs come in input order of their earlier, then their later document. Throws as run_dedup does.
PairsResult run_pairs(const PairsOptions& options, const RunControl& control);

}  // namespace copydesk
