#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Fingerprints to candidate pairs: all documents whose fingerprints differ in few bits.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/lsh/hamming_groups.h"
#include "copydesk/lsh/hamming_plan.h"

namespace copydesk {

struct HammingCandidates {
  std::vector<CandidatePair> pairs;  // sorted, distinct
  HammingStatistics statistics;
};

// Called before each table, and may throw to end the join.
using HammingProgress = std::function<void(std::size_t tables_done, std::size_t tables)>;

// The pairs of the listed documents whose fingerprints differ in at most plan.distance bits: every
// one of them, unless its group went beyond `limits` (the statistics tell), and no other.
// `fingerprints` and `content_keys` are indexed by document; a content key depends on the content
// of the document alone. The result is the same for any number of threads and any instruction set.
// REQUIRES: a plan for fingerprints of this size.
// Memory: 29 bytes a document with fingerprints of 64 bits, 45 with 128 (at most 40 and 64 for a
// moment), 256 KiB a thread, 8 bytes a pair, and twice that while pairs are merged.
[[nodiscard]] HammingCandidates join_by_hamming_distance(
    std::span<const std::uint64_t> fingerprints, std::span<const std::uint32_t> documents,
    std::span<const std::uint64_t> content_keys, const HammingPlan& plan,
    const HammingLimits& limits, std::size_t threads, const HammingProgress& progress);
[[nodiscard]] HammingCandidates join_by_hamming_distance(
    std::span<const Fingerprint128> fingerprints, std::span<const std::uint32_t> documents,
    std::span<const std::uint64_t> content_keys, const HammingPlan& plan,
    const HammingLimits& limits, std::size_t threads, const HammingProgress& progress);

}  // namespace copydesk
