#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The two results that a run of blocks leaves in its checkpoint, part by part: "scan" holds the
// batches (written while they are read), the site model and what of paragraphs, sentences and
// fingerprints repeats; "spans" holds the repeated spans. In 1,000 pages of one site with 40 lines
// each, the scan takes about 40 kB for where they stand and 16 bytes a different line.

#include <cstdint>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/pipeline/blocks/blocks_scan.h"
#include "copydesk/run/checkpoint.h"

namespace copydesk {

// What of a summary is known before anything is written, in the order in which it is kept.
[[nodiscard]] std::vector<std::uint64_t*> counts_before_writing(BlocksSummary& summary);

void write_batch(const BatchRow& row, const DocumentList& documents,
                 const std::vector<RecordFault>& faults, StageWriter& stage);
// All but the batches.
void write_scan(const ScannedBlocks& scanned, StageWriter& stage);

// Adds what is left of a scan to `scanned`, which is empty, and its faults to those of `reader`.
// Throws Error{kCorruptFile}.
void read_scan(StageReader& stage, const BlocksOptions& options, CorpusReader& reader,
               ScannedBlocks& scanned);

// The spans of `documents` documents, and what finding them took.
struct FoundSpans {
  DocumentRecords<RepeatedSpan> spans;
  std::uint64_t compared_tokens = 0;
  std::uint64_t disk_bytes = 0;
};
void write_spans(const FoundSpans& found, StageWriter& stage);
// Throws Error{kCorruptFile}.
void read_spans(StageReader& stage, std::uint64_t documents, FoundSpans& found);

}  // namespace copydesk
