#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The pass that counts in how many documents each term stands, and the files such counts are kept
// in.

#include <string>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/summary/corpus_idf.h"

namespace copydesk {

// Whether this pass is the one that counts faults and hands them on, or another will.
enum class PassFaults { kTake, kLeave };

// Reads all of `reader`, which must be at its beginning. `stem` is the language of the stems to be
// counted, empty for words. Throws Error{kInvalidOption} if there is no such stemmer.
CorpusIdf count_idf(CorpusReader& reader, const CorpusOptions& options, const std::string& stem,
                    const RunControl& control, PassFaults faults = PassFaults::kTake);

// Throws Error{kCannotOpen}, Error{kCannotRead}, Error{kCorruptFile}.
CorpusIdf load_idf(const std::string& path);

}  // namespace copydesk
