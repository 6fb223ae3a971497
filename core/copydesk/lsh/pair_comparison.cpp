// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/pair_comparison.h"

#include <algorithm>
#include <vector>

#include "copydesk/kernels/slot_agreement.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/sketch/sketch_rows.h"

namespace copydesk {

namespace {

// Sketches under way from memory while others are compared.
constexpr std::size_t kFetchAhead = 16;
constexpr std::size_t kGrain = std::size_t{1} << 14;
// Compared at a time where all sketches are in memory.
constexpr std::size_t kBatch = std::size_t{1} << 20;
constexpr std::size_t kLeastBatch = 1024;

class PairFilter {
 public:
  PairFilter(const PackedSketches& sketches, const PairComparison& comparison)
      : comparison_(comparison), rows_(sketches) {
    if (!rows_.needs_loading()) return;
    // Two sketches and their numbers for each pair at most.
    const std::size_t bytes = 2 * (rows_.slots() + sizeof(std::uint32_t)) + sizeof(CandidatePair);
    batch_ = std::max(kLeastBatch, comparison.sketch_bytes / bytes);
  }

  [[nodiscard]] std::size_t batch() const { return batch_; }

  // Removes the pairs that do not agree.
  void filter(std::vector<CandidatePair>& pairs) {
    if (rows_.needs_loading()) load(pairs);
    parallel_for(comparison_.threads, pairs.size(), kGrain,
                 [&](std::size_t begin, std::size_t end, std::size_t) {
                   compare(std::span(pairs).subspan(begin, end - begin));
                 });
    std::erase(pairs, kDropped);
  }

 private:
  // No pair: the first number is always the lower one.
  static constexpr CandidatePair kDropped{0, 0};

  void load(std::span<const CandidatePair> pairs) {
    documents_.clear();
    for (const CandidatePair& pair : pairs) {
      if (documents_.empty() || documents_.back() != pair.a) documents_.push_back(pair.a);
    }
    for (const CandidatePair& pair : pairs) documents_.push_back(pair.b);
    std::sort(documents_.begin(), documents_.end());
    documents_.erase(std::unique(documents_.begin(), documents_.end()), documents_.end());
    rows_.load(documents_);
  }

  void compare(std::span<CandidatePair> pairs) const {
    std::uint16_t count = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i + kFetchAhead < pairs.size()) {
        rows_.prefetch(pairs[i + kFetchAhead].a);
        rows_.prefetch(pairs[i + kFetchAhead].b);
      }
      count_equal_slots(rows_.row(pairs[i].a), rows_.row(pairs[i].b).data(), std::span(&count, 1));
      if (count < comparison_.minimum_agreement) pairs[i] = kDropped;
    }
  }

  PairComparison comparison_;
  SketchRows rows_;
  std::size_t batch_ = kBatch;
  std::vector<std::uint32_t> documents_;
};

}  // namespace

std::uint64_t compare_merged_pairs(
    const PairRuns& runs, const PackedSketches& sketches, const PairComparison& comparison,
    const std::function<void(std::span<const CandidatePair>)>& take) {
  PairFilter filter(sketches, comparison);
  std::uint64_t compared = 0;
  std::vector<CandidatePair> pairs;
  const auto compare = [&] {
    compared += pairs.size();
    filter.filter(pairs);
    if (!pairs.empty()) take(pairs);
    pairs.clear();
  };
  runs.merge([&](std::span<const CandidatePair> part) {
    while (!part.empty()) {
      const std::size_t count = std::min(part.size(), filter.batch() - pairs.size());
      pairs.insert(pairs.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count));
      part = part.subspan(count);
      if (pairs.size() == filter.batch()) compare();
    }
  });
  compare();
  return compared;
}

}  // namespace copydesk
