#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// `index query`: for each record of a corpus, what of an index is like it. Nothing is changed.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct IndexQueryOptions {
  CorpusOptions corpus;
  std::string index_path;
  const IndexReader* index = nullptr;  // that was opened there; null: it is opened
  std::string output_path;  // "-" for standard output, empty for nowhere
  // Each document that has matches, too, in order.
  std::function<void(DocumentRef, std::span<const IndexMatch>, const IndexReader&)> on_matches;
  std::size_t most = 0;     // matches of a record, the most alike first; 0: all
  bool allow_older = false;
};

struct IndexQuerySummary {
  std::uint64_t documents = 0, with_matches = 0, matches = 0, faults = 0, bytes = 0;
};

struct IndexQueryResult {
  IndexQuerySummary summary;
  RunReport report;
};

// Lines come in the order of the records, of each the most alike first. Records are held, some tens of
// thousands, until a quarter of the memory allowed is full, and then looked up together. Throws as
// IndexReader does, and as a pass.
IndexQueryResult run_index_query(const IndexQueryOptions& options, const RunControl& control);

}  // namespace copydesk
