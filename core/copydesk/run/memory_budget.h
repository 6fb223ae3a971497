#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>

#include "copydesk/run/corpus_options.h"

namespace copydesk {

// Three quarters of the memory that this machine, or the control group of this process, has.
[[nodiscard]] std::uint64_t default_memory_bytes();

// What the tables of `blocks` and `reuse` may hold: memory_bytes or, where that is 0, 1 GiB.
[[nodiscard]] std::uint64_t table_memory(const CorpusOptions& options);

// How a search for near-duplicates divides its memory. What grows with the corpus and is reached at
// random (the table of documents, the order of keeping, verified pairs) has no bound of its own;
// the rest goes to temporary files beyond these.
struct MemoryBudget {
  std::size_t keys = 0;           // band keys
  std::size_t sketches = 0;       // packed sketches
  std::size_t join_entries = 0;   // per thread
  std::size_t join_pairs = 0;     // per thread
  std::size_t join_sketches = 0;  // per thread, while `sketches` are in their file
  std::size_t pairs = 0;          // candidate pairs
  std::size_t sets = 0;           // shingle sets, when keys and sketches have gone
};

// `bytes` 0 means default_memory_bytes(). REQUIRES: threads >= 1.
[[nodiscard]] MemoryBudget divide_memory(std::uint64_t bytes, std::size_t threads);

}  // namespace copydesk
