// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/exact_matches.h"

#include <algorithm>
#include <array>
#include <numeric>
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

void ExactMatcher::fetch(std::size_t place, std::size_t j) const {
  __builtin_prefetch(&diagonal_ends_[j + a_.size() - place]);
  __builtin_prefetch(&a_[place]);
}

// Everything that a hit needs lies somewhere else in as much memory as ten times a: it is asked for
// some hits before it is needed.
std::span<const SharedRun> ExactMatcher::find(std::span<const std::uint32_t> b, StopFlag stop) {
  constexpr std::size_t kSlotsAhead = 16;
  constexpr std::size_t kPlacesAhead = 8;
  matches_.clear();
  hash_grams(b, size_, grams_);
  hits_.resize(grams_.size());
  std::size_t hits = 0;
  for (std::size_t j = 0; j < grams_.size(); ++j) {
    hits_[hits] = static_cast<std::uint32_t>(j);
    hits += index_.may_hold(grams_[j]) ? 1 : 0;
  }
  diagonal_ends_.assign(a_.size() + b.size(), 0);
  reach_ = 0;
  const std::size_t most = std::max(kMostOfShort, a_.size() + b.size());
  for (std::size_t h = 0; h < hits && matches_.size() < most; ++h) {
    if (h % kStepsBetweenLooks == 0) stop.check();
    if (h + kSlotsAhead < hits) index_.prefetch_slot(grams_[hits_[h + kSlotsAhead]]);
    if (h + kPlacesAhead < hits) {
      const std::size_t j = hits_[h + kPlacesAhead];
      const std::uint32_t place = index_.prefetch_place(grams_[j]);
      if (place != GramIndex::kNone) fetch(place, j);
    }
    find_at(hits_[h], b);
  }
  sort_matches(b.size());
  return matches_;
}

// Hits inside the last match of their diagonal are already part of it. What lies wholly within a
// match and recurs all over a would match there, too, at every place; the match has it already.
void ExactMatcher::find_at(std::size_t j, std::span<const std::uint32_t> b) {
  const std::uint32_t first = index_.first(grams_[j]);
  if (first == GramIndex::kNone) return;
  if (j + size_ <= reach_ && has_many_places(first)) return;
  std::size_t places = 0;
  for (std::uint32_t i = first, next = 0; i != GramIndex::kNone && places < kMostPlaces;
       i = next, ++places) {
    next = index_.next(i);
    if (next != GramIndex::kNone) fetch(next, j);
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
    reach_ = std::max(reach_, j + length);
    matches_.push_back({i - before, j - before, length + before});
  }
}

// By begin_a, then begin_b. Of long texts digit by digit, from the last to the first.
void ExactMatcher::sort_matches(std::size_t size_of_b) {
  constexpr std::size_t kFew = 512;
  constexpr unsigned kDigitBits = 9;
  if (matches_.size() < kFew) {
    std::sort(matches_.begin(), matches_.end(), [](const SharedRun& x, const SharedRun& y) {
      return std::tie(x.begin_a, x.begin_b) < std::tie(y.begin_a, y.begin_b);
    });
    return;
  }
  sorted_.resize(matches_.size());
  const auto sort_by = [&](auto&& key, std::size_t end) {
    for (unsigned shift = 0; end >> shift != 0; shift += kDigitBits) {
      std::array<std::uint32_t, (1U << kDigitBits) + 1> starts{};
      const auto digit = [&](const SharedRun& match) {
        return key(match) >> shift & ((1U << kDigitBits) - 1);
      };
      for (const SharedRun& match : matches_) ++starts[digit(match) + 1];
      std::partial_sum(starts.begin(), starts.end(), starts.begin());
      for (const SharedRun& match : matches_) sorted_[starts[digit(match)]++] = match;
      matches_.swap(sorted_);
    }
  };
  sort_by([](const SharedRun& match) { return match.begin_b; }, size_of_b);
  sort_by([](const SharedRun& match) { return match.begin_a; }, a_.size());
}

}  // namespace copydesk
