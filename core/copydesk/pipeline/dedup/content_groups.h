#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents with the same tokens, collapsed before anything else: a million identical documents are
// one entry of the join. Of the texts "a", "b", "a", "a", kept in input order, the representatives
// are 0, 1, 0, 0, the join works on 0 and 1, and there are two repeats.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/corpus/corpus_table.h"

namespace copydesk {

struct ContentGroups {
  // For every document the first of its group in keep order (itself if it stands alone).
  std::vector<std::uint32_t> representatives;
  // The representatives that have shingles, ascending: what the join works on.
  std::vector<std::uint32_t> to_join;
  std::uint64_t repeats = 0;  // documents that are not their group's representative
};

// `ranks` as given by keep_ranks. Equality is that of XXH3-128 over the tokens. Sorts about
// `entries_at_once` documents at a time, in 16 bytes each. `others` are numbered behind
// those of the table.
[[nodiscard]] ContentGroups group_by_content(const CorpusTable& table,
                                             std::span<const std::uint32_t> ranks,
                                             std::size_t entries_at_once = std::size_t{1} << 22,
                                             std::span<const DocumentRow> others = {});

}  // namespace copydesk
