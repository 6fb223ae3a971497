#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the sketch pass of dedup and pairs made of each batch, as it stands in a checkpoint: a run
// that is resumed takes these batches as read. With the default of 16 bands and 128 slots a
// document takes 305 bytes there, and its id.

#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

// What the first pass made of one batch, in the order of its records.
struct BatchScan {
  DocumentList documents;
  std::vector<std::uint64_t> keys;  // documents x bands
  std::vector<std::uint8_t> slots;  // documents x slots
  std::vector<std::uint64_t> text_hashes;  // XXH3-64 of the bytes of each whole text
  std::vector<double> keep_values;  // empty where input order decides
  std::uint64_t unusable_keep_values = 0;
  // With a source field: which of `source_names` each document has; else empty.
  std::vector<std::uint32_t> sources;
  std::vector<std::string> source_names;
  std::uint64_t without_key = 0;  // with --key
  // For an index, never in a checkpoint: ScanOptions::for_index and stores_sets.
  std::vector<std::int64_t> times;
  std::string sets;  // as append_stored_set() has them, end to end
  std::vector<std::uint32_t> set_sizes;

  void clear();
};

// To bytes and back, for the checkpoint. unpack throws Error{kCorruptFile}.
void pack(const ReadBatch<BatchScan>& scan, PackedBytes& bytes);
void unpack(PackedReader& bytes, ReadBatch<BatchScan>& scan);

}  // namespace copydesk
