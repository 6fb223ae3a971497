// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/exact_matches.h"

#include <algorithm>
#include <tuple>

#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

namespace {

// A text this long whose grams stand at more than kMostRecurring places on average (counted for
// every kSampleStep-th) needs longer grams to tell its places apart: a table of results, a text of
// seven words. Without this, 640,000 words of seven took 34 s and 1 GB.
constexpr std::size_t kLongText = 4096;
constexpr std::size_t kSampleStep = 61;
constexpr std::size_t kMostRecurring = 4;
constexpr std::size_t kLongestSeed = 40;
constexpr std::size_t kStepsBetweenLooks = 4096;  // at the stop flag
// Matches that are kept of however short texts.
constexpr std::size_t kMostOfShort = 16'384;

}  // namespace

void ExactMatcher::prepare(std::span<const std::uint32_t> a, std::size_t size) {
  a_ = a;
  size_ = size;
  index_.build(a, size);
  while (a.size() >= kLongText && size_ < kLongestSeed) {
    hash_grams(a, size_, grams_);
    if (!recurs_often(grams_)) break;
    size_ *= 2;
    index_.build(a, size_);
  }
}

bool ExactMatcher::recurs_often(const std::vector<std::uint64_t>& grams) const {
  std::size_t places = 0;
  std::size_t sampled = 0;
  for (std::size_t j = 0; j < grams.size(); j += kSampleStep) {
    ++sampled;
    std::uint32_t place = index_.first(grams[j]);
    for (std::size_t n = 0; place != GramIndex::kNone && n < kMostPlaces; ++n) {
      ++places;
      place = index_.next(place);
    }
  }
  return places > kMostRecurring * sampled;
}

bool ExactMatcher::has_many_places(std::uint32_t first) const {
  std::uint32_t place = first;
  for (std::size_t n = 0; n < kMostPlaces && place != GramIndex::kNone; ++n) {
    place = index_.next(place);
  }
  return place != GramIndex::kNone;
}

// Hits inside the last match of their diagonal are already part of it. What lies wholly within a
// match and recurs all over a would match there, too, at every place; the match has it already.
std::span<const SharedRun> ExactMatcher::find(std::span<const std::uint32_t> b, StopFlag stop) {
  matches_.clear();
  hash_grams(b, size_, grams_);
  diagonal_ends_.assign(a_.size() + b.size(), 0);
  std::size_t reach = 0;  // how far in b the matches go
  const std::size_t most = std::max(kMostOfShort, a_.size() + b.size());
  for (std::size_t j = 0; j < grams_.size() && matches_.size() < most; ++j) {
    if (j % kStepsBetweenLooks == 0) stop.check();
    const std::uint32_t first = index_.first(grams_[j]);
    if (first == GramIndex::kNone) continue;
    if (j + size_ <= reach && has_many_places(first)) continue;
    std::size_t places = 0;
    for (std::uint32_t i = first; i != GramIndex::kNone && places < kMostPlaces;
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
      reach = std::max(reach, j + length);
      matches_.push_back({i - before, j - before, length + before});
    }
  }
  std::sort(matches_.begin(), matches_.end(), [](const SharedRun& x, const SharedRun& y) {
    return std::tie(x.begin_a, x.begin_b) < std::tie(y.begin_a, y.begin_b);
  });
  return matches_;
}

}  // namespace copydesk
