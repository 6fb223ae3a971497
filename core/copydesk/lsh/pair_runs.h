#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Candidate pairs of many bands to one sorted list without repeats: an external merge sort (Knuth,
// TAOCP 3, 5.4), whose merge sorts what all runs hold up to a pair, rather than to pick the least
// of them each time.

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/stream/spill_list.h"

namespace copydesk {

class PairRuns {
 public:
  // Runs stay in memory up to `memory_bytes`, then go to a temporary file in `folder`.
  PairRuns(std::string folder, std::size_t memory_bytes);

  // Adds a run. REQUIRES: sorted, without repeats. Thread-safe. Throws Error{kCannotWrite}.
  void add(std::span<const CandidatePair> run);

  // Hands over all pairs, sorted and each once, part by part. The order in which runs were added
  // makes no difference. Throws Error{kCannotRead}.
  void merge(const std::function<void(std::span<const CandidatePair>)>& take) const;

  [[nodiscard]] std::uint64_t bytes_on_disk() const { return pairs_.bytes_on_disk(); }

 private:
  std::mutex mutex_;
  SpillList<CandidatePair> pairs_;
  std::vector<std::uint64_t> starts_{0};  // run i is [starts_[i], starts_[i + 1])
};

}  // namespace copydesk
