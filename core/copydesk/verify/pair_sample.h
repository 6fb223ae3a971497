#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A sample of pairs for people to look at, which depends on nothing but which pairs there are: not on
// their order, not on the number of threads. Of a thousand pairs, PairSample(4) keeps four.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// Keeps the pairs of the lowest hashes. Not thread-safe.
class PairSample {
 public:
  explicit PairSample(std::size_t most) : most_(most) {}

  // REQUIRES: no pair is added twice.
  void add(const ScoredPair& pair);

  [[nodiscard]] std::uint64_t added() const { return added_; }
  // By their hashes.
  [[nodiscard]] std::vector<ScoredPair> pairs() const;

 private:
  friend class NearMisses;
  std::size_t most_;
  std::uint64_t added_ = 0;
  std::vector<std::pair<std::uint64_t, ScoredPair>> kept_;  // a heap, the highest hash first
};

// The pairs that were compared and fell below the threshold, but by no more than .2: counted in steps of
// .05, with a sample of each. At a threshold of .8, a pair of .77 is in the first step.
class NearMisses {
 public:
  static constexpr std::size_t kSteps = 4;
  static constexpr double kStep = 0.05;
  static constexpr std::size_t kKept = 64;  // of a step

  explicit NearMisses(double threshold);

  // Similarities below it are no near misses.
  [[nodiscard]] double least() const;
  // REQUIRES: below the threshold.
  void add(const ScoredPair& pair);

  [[nodiscard]] const PairSample& step(std::size_t number) const { return steps_[number]; }
  // [low, high) of a step.
  [[nodiscard]] std::pair<double, double> bounds(std::size_t number) const;

  // For a checkpoint: how many were added, which may be more than are in the sample.
  void restore(std::size_t step, std::uint64_t added, const std::vector<ScoredPair>& pairs);

 private:
  double threshold_;
  std::vector<PairSample> steps_;
};

}  // namespace copydesk
