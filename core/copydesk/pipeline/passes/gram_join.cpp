// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/gram_join.h"

#include <algorithm>
#include <mutex>

#include "copydesk/parallel/parallel_for.h"

namespace copydesk {

FingerprintJoin join_fingerprints(EntryPartitions& fingerprints, const CandidateOptions& options,
                                  const CorpusOptions& corpus_options, std::size_t memory_bytes,
                                  const RunControl& control) {
  constexpr std::size_t kParts = EntryPartitions::kCount;
  FingerprintJoin result;
  result.fingerprints = fingerprints.size();
  result.bytes_on_disk = fingerprints.bytes_on_disk();
  EntryPartitions pairs(corpus_options.work_folder, memory_bytes);
  std::mutex mutex;
  std::uint64_t done = 0;
  parallel_for(corpus_options.threads, kParts, 1, [&](std::size_t part, std::size_t, std::size_t) {
    control.check_stop();
    std::vector<JoinEntry> entries;
    fingerprints.take_shared(part, entries);
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    FingerprintPairs found;
    pair_fingerprints(entries, options, found);
    const std::lock_guard lock(mutex);
    for (const JoinEntry& pair : found.pairs) pairs.add(pair_partition(pair), pair);
    result.frequent.insert(result.frequent.end(), found.frequent.begin(), found.frequent.end());
    control.report({"join", ++done, 2 * kParts, "parts", 0});
  });
  std::sort(result.frequent.begin(), result.frequent.end());
  result.shared_fingerprints = pairs.size();
  result.bytes_on_disk += pairs.bytes_on_disk();

  parallel_for(corpus_options.threads, kParts, 1, [&](std::size_t part, std::size_t, std::size_t) {
    control.check_stop();
    std::vector<JoinEntry> entries;
    pairs.take_sorted(part, entries);
    std::vector<ReuseCandidate> found;
    weigh_pairs(entries, options, found);
    const std::lock_guard lock(mutex);
    result.pairs.insert(result.pairs.end(), found.begin(), found.end());
    control.report({"join", ++done, 2 * kParts, "parts", 0});
  });
  std::sort(result.pairs.begin(), result.pairs.end(),
            [](const ReuseCandidate& x, const ReuseCandidate& y) { return x.pair < y.pair; });
  return result;
}

}  // namespace copydesk
