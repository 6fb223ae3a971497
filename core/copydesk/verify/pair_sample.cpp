// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/pair_sample.h"

#include <algorithm>
#include <tuple>

#include "copydesk/kernels/murmur_mix.h"

namespace copydesk {

namespace {

std::uint64_t hash_of(const ScoredPair& pair) {
  return murmur_mix((std::uint64_t{pair.a} << 32 | pair.b) + 0x9E3779B97F4A7C15U);
}

// Hashes of different pairs differ: all that is done to one can be undone.
bool is_lower(const std::pair<std::uint64_t, ScoredPair>& x,
              const std::pair<std::uint64_t, ScoredPair>& y) {
  return x.first < y.first;
}

}  // namespace

void PairSample::add(const ScoredPair& pair) {
  ++added_;
  const std::uint64_t hash = hash_of(pair);
  if (kept_.size() == most_) {
    if (most_ == 0 || hash >= kept_.front().first) return;
    std::pop_heap(kept_.begin(), kept_.end(), is_lower);
    kept_.pop_back();
  }
  kept_.emplace_back(hash, pair);
  std::push_heap(kept_.begin(), kept_.end(), is_lower);
}

std::vector<ScoredPair> PairSample::pairs() const {
  auto kept = kept_;
  std::sort(kept.begin(), kept.end(), is_lower);
  std::vector<ScoredPair> pairs;
  for (const auto& [hash, pair] : kept) pairs.push_back(pair);
  return pairs;
}

NearMisses::NearMisses(double threshold)
    : threshold_(threshold), steps_(kSteps, PairSample(kKept)) {}

double NearMisses::least() const {
  return std::max(0.0, threshold_ - static_cast<double>(kSteps) * kStep);
}

void NearMisses::add(const ScoredPair& pair) {
  const double below = threshold_ - pair.overlap.jaccard();
  const auto step = static_cast<std::size_t>(std::max(0.0, below / kStep));
  steps_[std::min(step, kSteps - 1)].add(pair);
}

std::pair<double, double> NearMisses::bounds(std::size_t number) const {
  const double high = threshold_ - static_cast<double>(number) * kStep;
  return {std::max(0.0, high - kStep), std::max(0.0, high)};
}

void NearMisses::restore(std::size_t step, std::uint64_t added,
                         const std::vector<ScoredPair>& pairs) {
  for (const ScoredPair& pair : pairs) steps_[step].add(pair);
  steps_[step].added_ = added;
}

}  // namespace copydesk
