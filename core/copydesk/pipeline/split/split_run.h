#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Pages that hold several stories, one record a story; and cut documents made whole again.

#include <cstdint>
#include <functional>
#include <string>

#include "copydesk/blocks/text_masker.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/stories/prose_splitter.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

enum class SplitMethod {
  kPages,  // lines: titles, repeats, and likeness of words
  kProse,  // sentences: change of vocabulary alone
};

struct SplitOptions {
  CorpusOptions corpus;
  SplitMethod method = SplitMethod::kPages;
  std::string output_path;  // "-" for standard output, empty for nowhere
  std::function<void(SeparatedStory)> on_story;  // or story by story, in the same order
  ProseSplitterOptions prose;
  // What belongs to the site makes no story and has no say in where stories end. `mask.page` is not
  // for here: copies of titles tell stories apart.
  TextMaskOptions mask;
  // Only the body of a story is left in its text (blocks/story_body.h); of prose, what is not
  // masked.
  bool clean = false;
};

struct SplitSummary {
  std::uint64_t documents = 0, faults = 0, bytes = 0, stories = 0, split_documents = 0;
};

struct SplitResult {
  SplitSummary summary;
  RunReport report;
};

// Writes {"id","story","begin","end","title","lang","text","copydesk_body"} for each story, in input
// order; stories are numbered from 1, begin and end are byte offsets into the document's text, lang
// is what corpus.fields.order of the document says, and the body, of pages only, is described in
// write/story_record.h. What becomes of a document depends on it alone. One pass, and one more where
// sites are masked.
SplitResult run_split(const SplitOptions& options, const RunControl& control);

struct RestoreOptions {
  CorpusOptions corpus;
  std::string removed_path;  // what was cut, if it is not in the records (run/removed_file.h)
  std::string output_path;
};

struct RestoreSummary {
  std::uint64_t documents = 0, restored = 0, faults = 0, bytes = 0;
  std::uint64_t not_found = 0;  // entries of removed_path whose record is not there
};

struct RestoreResult {
  RestoreSummary summary;
  RunReport report;
};

// Writes every record as it was before the last cut; records that were not cut are copied. Takes
// the text field of the corpus. Throws Error{kTooManyFaults} if removed_path has entries and no
// record is of any of them.
RestoreResult run_restore(const RestoreOptions& options, const RunControl& control);

}  // namespace copydesk
