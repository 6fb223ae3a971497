#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Proposed pairs to candidates: before any text is read again, the sketches of each pair are
// compared, and pairs that agree in too few slots are dropped. At a threshold of 0.8, sketches of
// 128 slots have to agree in 82: a pair just as similar as that agrees in fewer once in 100,000.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "copydesk/lsh/pair_runs.h"
#include "copydesk/sketch/packed_sketches.h"

namespace copydesk {

struct PairComparison {
  // Pairs whose sketches agree in fewer slots are dropped.
  std::size_t minimum_agreement = 0;
  // For the sketches that are loaded at a time where they are not in memory. The file of sketches
  // is read once for every so many bytes of those that have pairs, so this share should be large.
  std::size_t sketch_bytes = std::size_t{1} << 30;
  std::size_t threads = 1;
};

// Merges the runs, compares the sketches of each pair, and hands over the pairs that agree, sorted
// and each once, part by part. Pairs come in the order of documents, so that one sketch of each is
// found in order and only the other is reached at random. `take` is called on this thread. Returns
// the number of comparisons. The result does not depend on `sketch_bytes` and `threads`.
// Throws Error{kCannotRead}.
std::uint64_t compare_merged_pairs(const PairRuns& runs, const PackedSketches& sketches,
                                   const PairComparison& comparison,
                                   const std::function<void(std::span<const CandidatePair>)>& take);

}  // namespace copydesk
