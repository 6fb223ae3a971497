#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The pass of `blocks --unit span` between looking for fingerprints and writing: documents that
// share a fingerprint are read once more, their tokens are compared, and what occurs more often
// than copies are kept is surplus. Where a passage of 60 words stands in three documents of a
// million and one copy is kept, only these three are read, and the two later copies are surplus.

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
