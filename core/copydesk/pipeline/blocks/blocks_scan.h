#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What is found out about a corpus before any block is written: one pass counts lines by site,
// paragraphs, sentences and fingerprints; for repeated spans a second one reads the documents that
// share fingerprints. Each pass leaves its result in the checkpoint of the run.

#include <optional>

#include "copydesk/blocks/document_records.h"
#include "copydesk/blocks/repeat_candidates.h"
#include "copydesk/blocks/repeat_resolver.h"
#include "copydesk/blocks/repeated_passages.h"
#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/run/checkpoint.h"

namespace copydesk {

// Of what repeats over the corpus, only what was asked for is there.
struct ScannedBlocks {
  CorpusTable table;  // batches, ids, and where each record stands
  SiteModel model;
  std::optional<DocumentRecords<PassageCopy>> paragraphs, sentences;
  std::optional<DocumentRecords<RepeatPlace>> places;  // of fingerprints that occur more than once
  std::optional<DocumentRecords<RepeatedSpan>> spans;  // what came of them
  BlocksSummary summary;                               // as far as it is known
};

// The stages "scan" and "spans" of the checkpoint.
ScannedBlocks scan_blocks(CorpusReader& reader, const BlocksOptions& options,
                          const Checkpoint& checkpoint);

}  // namespace copydesk
