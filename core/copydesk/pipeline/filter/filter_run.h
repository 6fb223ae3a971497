#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// `filter`: the records that a list names, or all the others, as they were read. Of the records a, b,
// c and a list of b and x, dropping gives a and c and says that x was not found.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct FilterOptions {
  CorpusOptions corpus;
  std::string list_path;  // as RecordList::read takes it; "-" for standard input
  bool drop = true;       // the records of the list go; else they alone stay
  bool by_id = false;     // also where the list has places
  // Instead of what is in a file: ids, or FILE:LINE, or in memory the numbers of rows that have no id.
  std::optional<std::vector<std::string>> names;
  std::string output_path;
  // Or, document by document, in input order, and then what of the list is no document.
  std::function<void(DocumentRef)> on_kept;
  std::function<void(std::string)> on_missing;
};

struct FilterSummary {
  std::uint64_t documents = 0, kept = 0, faults = 0, bytes = 0;
  std::uint64_t entries = 0, entries_found = 0;  // of the list
};

struct FilterResult {
  FilterSummary summary;
  RunReport report;
};

// Writes what stays in input order. One pass. Throws as RecordList::read does, and
// Error{kTooManyFaults} if the list has entries and none of them is a record of the corpus: the
// outputs then stay as they were.
FilterResult run_filter(const FilterOptions& options, const RunControl& control);

}  // namespace copydesk
