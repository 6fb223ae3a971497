#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From the fingerprints of a corpus to pairs of documents that share some: join by fingerprint,
// then add up what each pair shares.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/entry_partitions.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

struct FingerprintJoin {
  std::vector<ReuseCandidate> pairs;    // ascending, distinct
  std::vector<std::uint64_t> frequent;  // fingerprints of too many documents, ascending
  std::uint64_t fingerprints = 0;
  std::uint64_t shared_fingerprints = 0;  // entries of the second join
  std::uint64_t bytes_on_disk = 0;
};

// Pairs of documents that share `fingerprints`, which are fingerprint_entry()s and are taken out.
FingerprintJoin join_fingerprints(EntryPartitions& fingerprints, const CandidateOptions& options,
                                  const CorpusOptions& corpus_options, std::size_t memory_bytes,
                                  const RunControl& control);

}  // namespace copydesk
