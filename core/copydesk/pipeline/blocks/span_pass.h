#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The search for spans of words that occur more than once in a corpus. Of 1,000 documents of which
// two share a sentence of 60 words, match_fingerprints names these two, and find_repeated_spans
// reads them alone.

#include <cstdint>

#include "copydesk/blocks/document_records.h"
#include "copydesk/blocks/repeat_candidates.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/blocks/blocks_stages.h"

namespace copydesk {

// Where the fingerprints stand that `documents` documents share, or one has more than once.
DocumentRecords<RepeatPlace> match_fingerprints(RepeatJoin join, std::uint64_t documents,
                                                const BlocksOptions& options,
                                                const RunControl& control);

// The surplus spans of the corpus, from `places`, which it takes. Reads the documents that have
// some once more.
FoundSpans find_repeated_spans(CorpusReader& reader, const CorpusTable& table,
                               DocumentRecords<RepeatPlace> places, const BlocksOptions& options);

// No spans yet, in the memory that is theirs.
FoundSpans no_spans(std::uint64_t documents, const BlocksOptions& options);

}  // namespace copydesk
