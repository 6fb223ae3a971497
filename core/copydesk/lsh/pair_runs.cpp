// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/pair_runs.h"

#include <algorithm>
#include <utility>

#include "copydesk/lsh/pair_sort.h"

namespace copydesk {

namespace {

constexpr std::size_t kPart = std::size_t{1} << 15;

// A run being read.
struct Cursor {
  std::uint64_t next = 0;  // of the run, not yet in `pairs`
  std::uint64_t end = 0;
  std::vector<CandidatePair> pairs;
  std::size_t place = 0;

  // REQUIRES: nothing is left of `pairs`.
  void fill(const SpillList<CandidatePair>& list) {
    pairs.resize(std::min<std::uint64_t>(kPart, end - next));
    list.read(next, pairs);
    next += pairs.size();
    place = 0;
  }
  // Moves what does not stand behind `last`.
  void take_until(const CandidatePair& last, std::vector<CandidatePair>& out) {
    const auto begin = pairs.begin() + static_cast<std::ptrdiff_t>(place);
    const auto past = std::upper_bound(begin, pairs.end(), last);
    out.insert(out.end(), begin, past);
    place = static_cast<std::size_t>(past - pairs.begin());
  }
};

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
  std::vector<Cursor> cursors(starts_.size() - 1);
  for (std::size_t i = 0; i < cursors.size(); ++i) {
    cursors[i].next = starts_[i];
    cursors[i].end = starts_[i + 1];
    cursors[i].fill(pairs_);
  }
  std::vector<CandidatePair> merged;
  while (!cursors.empty()) {
    // All pairs up to the least of those the runs are known to.
    const CandidatePair last =
        std::min_element(cursors.begin(), cursors.end(), [](const Cursor& x, const Cursor& y) {
          return x.pairs.back() < y.pairs.back();
        })->pairs.back();
    merged.clear();
    for (Cursor& cursor : cursors) {
      cursor.take_until(last, merged);
      if (cursor.place == cursor.pairs.size()) cursor.fill(pairs_);
    }
    std::erase_if(cursors, [](const Cursor& cursor) { return cursor.pairs.empty(); });
    merge_pairs(merged);
    take(merged);
  }
}

}  // namespace copydesk
