#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Ids that stand for several records: of "7", "8", "7", "7" two documents have an id that one before
// them has. Whoever drops records by id loses some of them.

#include <cstdint>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

// How many of the documents from `first` on have an id that one before them, also from `first` on,
// has. Documents without an id are none of them. Ids are told apart by 64 bits of a hash.
[[nodiscard]] std::uint64_t count_repeated_ids(const CorpusTable& table, std::uint32_t first = 0);

// The same, and a note to the user if there are any.
std::uint64_t note_repeated_ids(const CorpusTable& table, std::uint32_t first,
                                const RunControl& control);

}  // namespace copydesk
