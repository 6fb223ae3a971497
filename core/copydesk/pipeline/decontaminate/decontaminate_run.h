#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which items of evaluation sets stand in training text, and the training text without them. Reads
// the training text once, in the memory that the evaluation sets take.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/write/leak_report.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

// What --cut takes out.
enum class LeakCut {
  kSentences,  // the sentences that what was found stands in
  kSpan,       // what was found
};

struct DecontaminateOptions {
  CorpusOptions corpus;  // the training text

  // The evaluation sets: files and folders, and the names of their fields. Without a set field, or
  // where a record lacks it, the set is the name of the file up to its first dot. The names of
  // `text` and `id` are those of the corpus where they are empty.
  std::vector<std::string> evaluation_inputs;
  // Or a table of them: questions as texts, answers as titles, sets as sites.
  const DocumentColumns* evaluation_documents = nullptr;
  std::string question_field, id_field, answer_field = "answer", set_field = "set";
  // The evaluation sets as an earlier run prepared them. Read where there are no evaluation inputs,
  // else written.
  std::string prepared_path;

  // Whether the outputs below are for places with the answer near only; items without an answer
  // always count.
  bool needs_answer = false;
  LeakCut cut = LeakCut::kSentences;

  // Where results go: a path, "-" for standard output, empty for nowhere.
  std::string hits_path;
  std::string kept_path;    // records without a leak, byte for byte
  std::string cut_path;     // all records, leaks cut out (undone by run_restore)
  std::string marked_path;  // all records, leaks named in a field of their own
  std::string html_path;
  std::function<void(FoundItem)> on_hit;  // or one by one, in the order of the hits
};

struct DecontaminateSummary {
  std::uint64_t documents = 0, bytes = 0, faults = 0;
  std::uint64_t items = 0, items_too_short = 0, items_found = 0, items_with_answer = 0;
  std::uint64_t documents_with_leaks = 0, hits = 0;
  std::uint64_t dropped = 0, cut_bytes = 0;
};

struct DecontaminateResult {
  DecontaminateSummary summary;
  std::vector<LeakCounts> sets;  // in the order in which they were read
  RunReport report;
};

// Throws Error for what ends a run, Cancelled when control.stop was set. Outputs appear under their
// final names only if the run succeeds.
DecontaminateResult run_decontaminate(const DecontaminateOptions& options,
                                      const RunControl& control);

}  // namespace copydesk
