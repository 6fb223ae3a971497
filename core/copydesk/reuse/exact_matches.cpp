// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/exact_matches.h"

#include <algorithm>
#include <tuple>

#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

void ExactMatcher::prepare(std::span<const std::uint32_t> a, std::size_t size) {
  a_ = a;
  size_ = size;
  index_.build(a, size);
}

// Hits inside the last match of their diagonal are already part of it.
std::span<const SharedRun> ExactMatcher::find(std::span<const std::uint32_t> b) {
  matches_.clear();
  hash_grams(b, size_, grams_);
  diagonal_ends_.assign(a_.size() + b.size(), 0);
  for (std::size_t j = 0; j < grams_.size(); ++j) {
    std::size_t places = 0;
    for (std::uint32_t i = index_.first(grams_[j]); i != GramIndex::kNone && places < kMostPlaces;
         i = index_.next(i), ++places) {
      std::uint32_t& last_end = diagonal_ends_[j + a_.size() - i];
      if (last_end > j) continue;
      std::size_t before = 0;
      while (before < i && j - before > last_end && a_[i - before - 1] == b[j - before - 1]) {
        ++before;
      }
      std::size_t length = 0;
      while (i + length < a_.size() && j + length < b.size() && a_[i + length] == b[j + length]) {
        ++length;
      }
      if (length < size_) continue;  // two grams with one hash
      last_end = static_cast<std::uint32_t>(j + length);
      matches_.push_back({i - before, j - before, length + before});
    }
  }
  std::sort(matches_.begin(), matches_.end(), [](const SharedRun& x, const SharedRun& y) {
    return std::tie(x.begin_a, x.begin_b) < std::tie(y.begin_a, y.begin_b);
  });
  return matches_;
}

}  // namespace copydesk
