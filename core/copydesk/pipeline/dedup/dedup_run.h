#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Near-duplicate removal from end to end: read, shingle, sketch, join, verify, decide, write.

#include <functional>
#include <string>

#include "copydesk/decide/keep_policy.h"
#include "copydesk/pipeline/dedup/near_duplicate_options.h"
#include "copydesk/read/warc/warc_copier.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct DedupOptions {
  NearDuplicateOptions search;
  double containment = 0.0;  // in (0, 1]; 0: the containment rule is off
  KeepPolicy keep;
  // An index of earlier documents: what is in it counts as a copy. The similarity options must be its own.
  std::string index_path;
  bool add_to_index = false;  // all documents, when the run has succeeded

  // Where results go: a path, "-" for standard output, empty for nowhere.
  std::string kept_path;  // of tables or archives also one, see CopiedOutputs: a.csv, a.warc.gz ...
  std::string decisions_path;
  std::string clusters_path;
  std::string html_path;  // a page for people
  // Or, document by document, in input order. Kept ones have no id where they have none of their
  // own: a name for each would take more memory than the table of all documents.
  std::function<void(DocumentRef)> on_kept;
  std::function<void(RemovedDocument)> on_removed;
  // And, where a field names sources, each with what became of its documents, the largest first.
  std::function<void(SourceOutcome)> on_source;
};

struct DedupSummary {
  std::uint64_t documents = 0, kept = 0;  // without the old ones
  std::uint64_t old_documents = 0, removed_for_old = 0;  // or of the index
  std::uint64_t removed_identical = 0, removed_same_words = 0;
  std::uint64_t removed_near = 0, removed_contained = 0;
  std::uint64_t removed_same_key = 0, without_key = 0;  // with a key
  std::uint64_t segments = 0, segments_merged = 0;  // of the index that was added to
  CopiedRecords copied;  // where the kept records are written as an archive
  std::uint64_t faults = 0;
  std::uint64_t bytes = 0;
};

struct DedupResult {
  DedupSummary summary;
  RunReport report;
};

// Throws Error for what ends a run, Cancelled when control.stop was set. Outputs appear under their
// final names only if the run succeeds.
DedupResult run_dedup(const DedupOptions& options, const RunControl& control);

}  // namespace copydesk
