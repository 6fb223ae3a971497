// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/pair_runs.h"

#include <algorithm>
#include <utility>

#include "copydesk/lsh/pair_sort.h"
#include "copydesk/stream/spill_run.h"

namespace copydesk {

namespace {

constexpr std::size_t kPart = std::size_t{1} << 15;

}  // namespace

PairRuns::PairRuns(std::string folder, std::size_t memory_bytes)
    : pairs_(std::move(folder), memory_bytes) {}

void PairRuns::add(std::span<const CandidatePair> run) {
  if (run.empty()) return;
  const std::lock_guard lock(mutex_);
  pairs_.append(run);
  starts_.push_back(pairs_.size());
}

void PairRuns::merge(const std::function<void(std::span<const CandidatePair>)>& take) const {
  std::vector<SpillRun<CandidatePair>> runs;
  for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
    runs.emplace_back(pairs_, starts_[i], starts_[i + 1], kPart);
  }
  std::vector<CandidatePair> merged;
  while (!runs.empty()) {
    // All pairs up to the least of those the runs are known to.
    const CandidatePair last =
        std::min_element(runs.begin(), runs.end(), [](const auto& x, const auto& y) {
          return x.last_read() < y.last_read();
        })->last_read();
    merged.clear();
    for (auto& run : runs) run.take_until(last, merged);
    std::erase_if(runs, [](const auto& run) { return run.is_at_end(); });
    merge_pairs(merged);
    take(merged);
  }
}

}  // namespace copydesk
