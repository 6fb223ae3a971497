#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Band keys to candidate pairs, by sorting (band key, document): no hash maps, one band at a time,
// in bounded memory.

#include <cstddef>
#include <cstdint>
#include <span>

#include "copydesk/lsh/band_key_table.h"
#include "copydesk/lsh/bucket_pairs.h"
#include "copydesk/lsh/pair_runs.h"

namespace copydesk {

struct JoinMemory {
  // For entries of 16 bytes a document. Where they are more, the band is read several times, each
  // time for a range of keys.
  std::size_t entry_bytes = std::size_t{1} << 32;
  // For pairs that are not yet in a run.
  std::size_t pair_bytes = std::size_t{1} << 28;
  // For the sketches that are loaded at a time where they are not in memory. The file of sketches is
  // read once for every so many bytes of those that share a key, so this share should be large.
  std::size_t sketch_bytes = std::size_t{1} << 28;
};

// Adds the candidate pairs of one band to `runs`: hands the listed documents (ascending) that share
// a key to `buckets`. `first_row` is where the band's rows begin in a sketch. The result does not
// depend on `memory`; a single bucket may exceed it.
void join_band(const BandKeyTable& keys, std::size_t band, std::span<const std::uint32_t> documents,
               std::size_t first_row, const JoinMemory& memory, BucketPairs& buckets,
               PairRuns& runs);

}  // namespace copydesk
