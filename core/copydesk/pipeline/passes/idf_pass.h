#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The pass that counts in how many texts each term stands, and the files such counts are kept
// in.

#include <cstdint>
#include <string>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/pipeline/passes/story_texts.h"
#include "copydesk/summary/corpus_idf.h"

namespace copydesk {

// Whether this pass is the one that counts faults and hands them on, or another will.
enum class PassFaults { kTake, kLeave };

// Reads all of `reader`, which must be at its beginning; what counts as one text is a document.
// `stem` is the language of the stems to be counted, empty for words. Throws Error{kInvalidOption}
// if there is no such stemmer.
CorpusIdf count_idf(CorpusReader& reader, const CorpusOptions& options, const std::string& stem,
                    const RunControl& control, PassFaults faults = PassFaults::kTake);

// The same, but what counts as one text is an article or a story of a page: see StoryTexts for
// `mode` and `mask`, which may be null. Sets `documents` to how many documents were read.
CorpusIdf count_story_idf(CorpusReader& reader, const CorpusOptions& options,
                          const std::string& stem, PageMode mode, const TextMask* mask,
                          const RunControl& control, PassFaults faults, std::uint64_t& documents);

// Throws Error{kCannotOpen}, Error{kCannotRead}, Error{kCorruptFile}.
CorpusIdf load_idf(const std::string& path);

}  // namespace copydesk
