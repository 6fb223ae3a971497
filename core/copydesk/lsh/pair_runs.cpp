// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/pair_runs.h"

#include <algorithm>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t kPart = std::size_t{1} << 15;

// A run being read.
struct Cursor {
  std::uint64_t next = 0;  // of the run, not yet in `pairs`
  std::uint64_t end = 0;
  std::vector<CandidatePair> pairs;
  std::size_t place = 0;

  [[nodiscard]] const CandidatePair& front() const { return pairs[place]; }

  // False at the end of the run.
  bool fill(const SpillList<CandidatePair>& list) {
    if (next == end) return false;
    pairs.resize(std::min<std::uint64_t>(kPart, end - next));
    list.read(next, pairs);
    next += pairs.size();
    place = 0;
    return true;
  }
  bool advance(const SpillList<CandidatePair>& list) {
    return ++place < pairs.size() || fill(list);
  }
};

}  // namespace

void merge_pairs(std::vector<CandidatePair>& pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

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
  std::vector<Cursor*> heap;
  const auto later = [](const Cursor* x, const Cursor* y) { return y->front() < x->front(); };
  for (std::size_t i = 0; i < cursors.size(); ++i) {
    cursors[i].next = starts_[i];
    cursors[i].end = starts_[i + 1];
    cursors[i].fill(pairs_);
    heap.push_back(&cursors[i]);
  }
  std::make_heap(heap.begin(), heap.end(), later);
  std::vector<CandidatePair> merged;
  merged.reserve(kPart);
  bool any = false;
  CandidatePair last;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), later);
    Cursor& cursor = *heap.back();
    if (!any || cursor.front() != last) {
      last = cursor.front();
      any = true;
      if (merged.size() == kPart) {
        take(merged);
        merged.clear();
      }
      merged.push_back(last);
    }
    if (cursor.advance(pairs_)) {
      std::push_heap(heap.begin(), heap.end(), later);
    } else {
      heap.pop_back();
    }
  }
  if (!merged.empty()) take(merged);
}

}  // namespace copydesk
