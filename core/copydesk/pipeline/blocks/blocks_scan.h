#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The passes over a corpus before its repeated blocks are known: one that counts lines by site,
// paragraphs, sentences and fingerprints, and for repeated spans a second one over the documents
// that share fingerprints.

#include <cstdint>
#include <optional>
#include <vector>

#include "copydesk/blocks/repeat_resolver.h"
#include "copydesk/blocks/repeated_passages.h"
#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/pipeline/blocks/blocks_run.h"

namespace copydesk {

struct ScannedBlocks {
  CorpusTable table;  // blocks, ids, and where each record stands
  SiteModel model;
  std::optional<RepeatedPassages> paragraphs, sentences;
  std::optional<RepeatResolver> spans;
};

// Fills what of `summary` is known before anything is written.
ScannedBlocks scan_blocks(CorpusReader& reader, const BlocksOptions& options,
                          BlocksSummary& summary);

}  // namespace copydesk
