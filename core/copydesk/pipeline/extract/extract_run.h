#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// `extract`: documents as they were read, whatever they were read from, and nothing removed. A page
// becomes {"id":"a.html","title":"Mill burns","text":"A fire ..."}.

#include <cstdint>
#include <functional>
#include <string>

#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct ExtractOptions {
  CorpusOptions corpus;
  std::string output_path;  // "-" for standard output, empty for nowhere
  std::function<void(ExtractedDocument)> on_document;  // or one by one, in input order
};

struct ExtractSummary {
  std::uint64_t documents = 0, faults = 0, bytes = 0, text_bytes = 0;
};

struct ExtractResult {
  ExtractSummary summary;
  RunReport report;
};

// Writes {"id","title","date","author","site","url","language","text"} of each document in input
// order, without those that are empty; of pages, if corpus.reading.conversion says so, "page" (their
// kind) and "blocks" too. One pass.
ExtractResult run_extract(const ExtractOptions& options, const RunControl& control);

}  // namespace copydesk
