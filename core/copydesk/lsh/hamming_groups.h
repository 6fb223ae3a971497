#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Candidate pairs from fingerprints that share the key of a table (a group). Ordinary groups are
// compared pair by pair. Those too large for that, or with too many pairs, never go quadratic and
// are never skipped: see the definition.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/kernels/hamming_pairs.h"
#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/lsh/distinct_fingerprints.h"
#include "copydesk/lsh/hamming_plan.h"

namespace copydesk {

struct HammingLimits {
  // Groups of at most so many distinct fingerprints are compared pair by pair. If more pairs than
  // pairs_per_member for each member come out, only the nearest few of each are proposed, and
  // leaders. A pair within the distance can be missed only there and in larger groups.
  std::size_t pairwise_limit = 16384;
  std::size_t pairs_per_member = 8;
  // In both, every fingerprint is compared with at most this many leaders at a time.
  std::size_t leader_limit = 256;
  // So many documents with one fingerprint are all paired with each other, and with all of another
  // fingerprint; of more, only four are.
  std::size_t equal_limit = 16;
};

struct HammingStatistics {
  std::uint64_t fingerprints = 0;         // distinct
  std::uint64_t largest_equal_group = 0;  // documents with one fingerprint
  std::uint64_t groups = 0;               // of at least two fingerprints, over all tables
  std::uint64_t largest_group = 0;
  std::uint64_t comparisons = 0;           // of two fingerprints
  std::uint64_t walked_groups = 0;         // of which not all pairs are proposed ...
  std::uint64_t walked_fingerprints = 0;   // ... and the fingerprints in them
  std::uint64_t refined_fingerprints = 0;  // that further bits had to tell apart

  void add(const HammingStatistics& other);
};

// What a join knows of its tables.
template <class Fingerprint>
struct HammingTables {
  HammingPlan plan;
  std::vector<Fingerprint> masks;     // the key bits of each table
  std::vector<std::uint8_t> crowded;  // by fingerprint: whether it was in a walked group before
};

// One object per thread.
template <class Fingerprint>
class HammingGroups {
 public:
  // All are kept by reference. Marks fingerprints in `tables.crowded`.
  HammingGroups(const DistinctFingerprints<Fingerprint>& distinct,
                HammingTables<Fingerprint>& tables, const HammingLimits& limits);

  // Appends the pairs of documents with one fingerprint.
  void add_equal(std::size_t fingerprint, std::vector<CandidatePair>& pairs);

  // Appends the candidate pairs of the group at [begin, end) of a table: `sorted` holds its
  // fingerprints and `numbers`, ascending within a group, their places among the distinct ones. A
  // pair that another table finds may be left to it. Tables must come in order.
  void add_group(std::size_t table, std::span<const Fingerprint> sorted,
                 std::span<const std::uint32_t> numbers, std::size_t begin, std::size_t end,
                 std::vector<CandidatePair>& pairs);

  [[nodiscard]] const HammingStatistics& statistics() const { return statistics_; }

 private:
  bool compare_pairwise(std::span<const Fingerprint> sorted, std::span<const std::uint32_t> numbers,
                        std::size_t begin, std::size_t end, std::vector<CandidatePair>& pairs);
  void propose_nearest(std::span<const Fingerprint> sorted, std::span<const std::uint32_t> numbers,
                       std::size_t begin, std::size_t end, std::vector<CandidatePair>& pairs);
  void walk(std::vector<std::uint32_t> members, std::size_t byte,
            std::vector<CandidatePair>& pairs);
  void refine(const std::vector<std::uint32_t>& rest, std::size_t byte,
              std::vector<CandidatePair>& pairs);
  [[nodiscard]] bool another_has(const Fingerprint& difference) const;
  void propose(std::uint32_t x, std::uint32_t y, std::vector<CandidatePair>& pairs);

  const DistinctFingerprints<Fingerprint>& distinct_;
  HammingTables<Fingerprint>& tables_;
  HammingLimits limits_;
  HammingStatistics statistics_;
  std::size_t table_ = 0;
  struct Neighbor {
    std::uint32_t position = 0;
    std::uint8_t distance = 255;
  };

  std::vector<IndexPair> hits_;
  std::vector<Neighbor> nearest_;
  std::vector<Fingerprint> leader_fingerprints_;
  std::vector<std::uint32_t> leaders_;
  std::vector<std::uint32_t> near_leaders_;
};

}  // namespace copydesk
