#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The first pass of reuse search: fingerprints of every distinct text, and how many documents have
// each token.

#include <cstdint>
#include <limits>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/reuse/entry_partitions.h"
#include "copydesk/reuse/token_frequencies.h"

namespace copydesk {

struct FingerprintedCorpus {
  FingerprintedCorpus(const std::string& folder, std::size_t memory_bytes)
      : fingerprints(folder, memory_bytes) {}

  CorpusTable table;
  EntryPartitions fingerprints;
  TokenFrequencies frequencies;
  // For every document the first with the same tokens; only these have fingerprints. Documents of
  // the old and the new corpus never share one.
  std::vector<std::uint32_t> representatives;
  // Of every document the site as a number, 0 where it is unknown.
  std::vector<std::uint32_t> sites;
  std::uint32_t first_new_document = 0;  // 0 unless there are two corpora
  std::uint64_t repeats = 0;             // documents that are not their own representative
  std::uint64_t bytes = 0;               // of the decompressed input
};

// `first_new_source`: the input with which the new corpus begins, or 0.
FingerprintedCorpus fingerprint_corpus(CorpusReader& reader, std::uint32_t first_new_source,
                                       std::size_t memory_bytes);

}  // namespace copydesk
