#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Who printed whose story: read, join fingerprints, compare candidates, group, write.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "copydesk/blocks/text_masker.h"
#include "copydesk/pipeline/reuse/pair_judging.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct ReuseOptions {
  CorpusOptions corpus;  // with old inputs: only passages of the one in the other
  // The names of the fields of old inputs: text and id as in the corpus where they are empty. With
  // an answer, a passage tells whether it stands behind, too; without a set, that is the file's
  // name up to its first dot.
  std::string old_text_field, old_id_field, old_answer_field = "answer", old_set_field = "set";
  TextMaskOptions mask;  // boilerplate is left out of everything
  ReuseRules rules;
  CandidateOptions candidates;

  // Where results go: a path, "-" for standard output, empty for nowhere.
  std::string passages_path;
  std::string pairs_path;
  std::string families_path;
  std::string html_path;
  // Or one by one, in the same order.
  std::function<void(ReusedPassage)> on_passage;
  std::function<void(CopiedStory)> on_family;
};

// The rule of copies of `strictness`, the weight of shared text that makes a pair: 14 as a rule,
// lower finds more. The number of grams that is enough by itself keeps its distance from it.
[[nodiscard]] CopyRule with_strictness(double strictness);

struct ReuseSummary {
  std::uint64_t documents = 0, repeats = 0, candidates = 0;
  std::uint64_t pairs = 0;  // that are reuse, of these
  std::uint64_t templates = 0, boilerplate = 0;
  std::uint64_t passages = 0, families = 0, round_ups = 0, known_sources = 0;
  std::uint64_t faults = 0, bytes = 0;
};

struct ReuseResult {
  ReuseSummary summary;
  RunReport report;
};

// Throws Error for what ends a run, Cancelled when control.stop was set. Outputs appear under their
// final names only if the run succeeds.
ReuseResult run_reuse(const ReuseOptions& options, const RunControl& control);

}  // namespace copydesk
