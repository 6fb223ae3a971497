#pragma once
// SPDX-License-Identifier: Apache-2.0

#include "copydesk/blocks/repeat_candidates.h"
#include "copydesk/blocks/repeat_resolver.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/pipeline/blocks/blocks_run.h"

namespace copydesk {

// The surplus spans of a corpus, from the fingerprints of all its documents. Reads the documents
// that share fingerprints once more.
RepeatResolver find_repeated_spans(CorpusReader& reader, const CorpusTable& table, RepeatJoin join,
                                   const BlocksOptions& options);

}  // namespace copydesk
