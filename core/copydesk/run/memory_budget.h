#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How each command divides the memory it may hold. What grows with the corpus and is reached at
// random (the table of documents, the order of keeping, verified pairs) has no bound of its own;
// the rest goes to temporary files beyond its part.
//
// With --memory 960M, `blocks --scope site,corpus` may hold 240 MB of lines of sites, 120 MB of
// copies of decompressed text, and 160 MB each of paragraphs, sentences and spans.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "copydesk/run/corpus_options.h"

namespace copydesk {

// Three quarters of the memory that this machine, or the control group of this process, has.
[[nodiscard]] std::uint64_t default_memory_bytes();

// What the tables of a command other than dedup and pairs may hold: memory_bytes or, where that is
// 0, 1 GiB.
[[nodiscard]] std::uint64_t table_memory(const CorpusOptions& options);

// What summarize may hold: the same, and 256 MiB at least, as every run may take so much.
[[nodiscard]] std::uint64_t summary_memory(const CorpusOptions& options);

// One part of what a command holds, in parts of kWholeMemory, and from which of its stages (0, 1,
// ...) until which it is held.
struct MemoryShare {
  std::string_view part;
  unsigned share = 0;
  unsigned first_stage = 0;
  unsigned last_stage = 0;
};
inline constexpr unsigned kWholeMemory = 48;

enum class MemoryPlan {
  kNearDuplicates,  // read, join, verify, write
  kSites,           // blocks within pages and sites: read, write
  kCorpusBlocks,    // blocks over a corpus as well: read, find, write
  kNearBlocks,      // the same with near-equal paragraphs: read, join, verify, write
  kReuse,           // read, join, match items, collect, align, write
  kSummaries,       // read, write
  kStories,         // split: read, write
};
inline constexpr MemoryPlan kMemoryPlans[] = {MemoryPlan::kNearDuplicates, MemoryPlan::kSites,
                                              MemoryPlan::kCorpusBlocks,   MemoryPlan::kNearBlocks,
                                              MemoryPlan::kReuse,          MemoryPlan::kSummaries,
                                              MemoryPlan::kStories};

// All parts of a command. In no stage do those that are held add to more than the whole.
[[nodiscard]] std::span<const MemoryShare> shares_of(MemoryPlan plan);

// How many of `bytes` are for `part`. REQUIRES: the plan has such a part.
[[nodiscard]] std::uint64_t memory_for(MemoryPlan plan, std::string_view part, std::uint64_t bytes);

// The parts of a search for near-duplicates.
struct MemoryBudget {
  std::size_t keys = 0;           // band keys
  std::size_t sketches = 0;       // packed sketches
  std::size_t join_entries = 0;   // per thread
  std::size_t join_pairs = 0;     // per thread
  std::size_t join_sketches = 0;  // per thread, while `sketches` are in their file
  std::size_t pairs = 0;          // candidate pairs
  std::size_t mask = 0;           // lines of sites
  std::size_t sets = 0;           // shingle sets, when keys and sketches have gone
  std::size_t signatures = 0;     // of sets that are compared with many, beside `sets`
  std::size_t leads = 0;          // what second looks may follow, beside `sets`
};

// `bytes` 0 means default_memory_bytes(). REQUIRES: threads >= 1.
[[nodiscard]] MemoryBudget divide_memory(std::uint64_t bytes, std::size_t threads);

}  // namespace copydesk
