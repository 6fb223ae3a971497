#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The first pass over a corpus for its repeated blocks: counts lines by site and collects
// paragraphs.

#include "copydesk/blocks/site_model.h"
#include "copydesk/pipeline/blocks_pipeline.h"
#include "copydesk/pipeline/corpus_reader.h"
#include "copydesk/pipeline/corpus_table.h"
#include "copydesk/pipeline/paragraph_repeats.h"

namespace copydesk {

struct ScannedBlocks {
  CorpusTable table;  // blocks, ids, and where each record stands
  SiteModel model;
  RepeatedParagraphs paragraphs;
};

// Fills what of `summary` is known after one pass.
ScannedBlocks scan_blocks(CorpusReader& reader, const BlocksOptions& options,
                          const RunControl& control, BlocksSummary& summary);

}  // namespace copydesk
