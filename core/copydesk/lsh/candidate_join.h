#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Band keys to candidate pairs, by sorting (band key, document): no hash maps, one band at a time,
// in bounded memory. Similar documents share many bands. The pairs of a small bucket are therefore
// not compared where they are found, but noted, and compared once when the pairs of all bands have
// been merged: see pair_comparison.h. Two documents that share ten of sixteen bands are noted ten
// times and compared once.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/lsh/band_key_table.h"
#include "copydesk/lsh/band_sorter.h"
#include "copydesk/lsh/bucket_pairs.h"
#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/lsh/pair_runs.h"

namespace copydesk {

struct JoinMemory {
  // For entries of 8 bytes a document. Where they are more, the band is read several times, each
  // time for a range of keys.
  std::size_t entry_bytes = std::size_t{1} << 32;
  // For pairs that are not yet in a run.
  std::size_t pair_bytes = std::size_t{1} << 28;
  // For the sketches of larger buckets that are loaded at a time where they are not in memory.
  std::size_t sketch_bytes = std::size_t{1} << 28;
};

// One object per thread; all of them add to the same runs.
class CandidateJoin {
 public:
  // Joins the listed documents (ascending). A band has `rows` rows in a sketch. The pairs do not
  // depend on `memory`; beside it, a single bucket takes 24 bytes for each of its documents.
  CandidateJoin(const BandKeyTable& keys, std::span<const std::uint32_t> documents,
                std::size_t rows, const JoinMemory& memory, BucketPairs buckets, PairRuns& runs);

  // Adds the candidate pairs of one band to the runs. Those of small buckets are not yet compared.
  // Throws Error{kCannotRead} and Error{kCannotWrite}.
  void join_band(std::size_t band);

  [[nodiscard]] const BucketStatistics& statistics() const { return buckets_.statistics(); }

 private:
  void walk(std::span<const BandSorter::Entry> entries);
  void add_bucket(std::span<const BandSorter::Entry> bucket);
  void use_members();
  void flush_if_full();

  std::size_t rows_;
  std::size_t most_entries_;
  std::size_t most_pairs_;
  std::size_t flush_at_;
  BandSorter sorter_;
  BucketPairs buckets_;
  PairRuns& runs_;
  std::size_t first_row_ = 0;           // of the band at hand
  std::vector<std::uint32_t> members_;  // of several buckets, one after the other
  std::vector<std::size_t> ends_;
  std::vector<CandidatePair> pairs_;
};

}  // namespace copydesk
