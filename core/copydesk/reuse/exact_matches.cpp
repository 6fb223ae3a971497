// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/exact_matches.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <tuple>

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
    if (!recurs_often()) break;
    size_ *= 2;
    index_.build(a, size_);
  }
}

bool ExactMatcher::recurs_often() const {
  std::size_t places = 0;
  std::size_t sampled = 0;
  for (std::size_t j = 0; j + size_ <= a_.size(); j += kSampleStep) {
    ++sampled;
    std::uint32_t place = index_.first(&a_[j]);
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

std::span<const SharedRun> ExactMatcher::find(std::span<const std::uint32_t> b, StopFlag stop,
                                              std::size_t fewest_alone) {
  matches_.clear();
  diagonal_ends_.assign(a_.size() + b.size(), 0);
  reach_ = 0;
  farthest_ = {};
  const std::size_t most = std::max(kMostOfShort, a_.size() + b.size());
  if (a_.size() >= kLongText) {
    find_in_long(b, most, stop);
  } else {
    stop.check();
    index_.visit_hits(b, [&](std::size_t j) {
      if (matches_.size() >= most) return b.size();
      find_at(j, b);
      return j + 1 + (j + 1 + size_ <= reach_ ? count_known(j + 1) : 0);
    });
  }
  if (fewest_alone > size_) leave_out_alone(fewest_alone);
  sort_matches(b.size());
  return matches_;
}

// Within the match that goes farthest, a gram that stands in a just there needs no look: what it
// would find is that match. How many such grams come one after the other from place j of b on.
// REQUIRES: j + size_ <= reach_.
std::size_t ExactMatcher::count_known(std::size_t j) const {
  return index_.unique_run(farthest_.begin_a + j - farthest_.begin_b, reach_ - size_ - j + 1);
}

// Everything that a hit needs lies somewhere else in as much memory as ten times a: it is asked for
// some hits before it is needed.
void ExactMatcher::find_in_long(std::span<const std::uint32_t> b, std::size_t most, StopFlag stop) {
  constexpr std::size_t kSlotsAhead = 16;
  constexpr std::size_t kPlacesAhead = 8;
  const std::span<const std::uint32_t> hits = index_.find_hits(b, hits_);
  for (std::size_t h = 0; h < hits.size() && matches_.size() < most; ++h) {
    if (h % kStepsBetweenLooks == 0) stop.check();
    const std::size_t j = hits[h];
    if (j + size_ <= reach_ &&
        index_.is_unique(static_cast<std::uint32_t>(farthest_.begin_a + j - farthest_.begin_b))) {
      continue;
    }
    if (h + kSlotsAhead < hits.size()) index_.prefetch_slot(&b[hits[h + kSlotsAhead]]);
    if (h + kPlacesAhead < hits.size()) {
      const std::size_t ahead = hits[h + kPlacesAhead];
      const std::uint32_t place = index_.prefetch_place(&b[ahead]);
      if (place != GramIndex::kNone) fetch(place, ahead);
    }
    find_at(j, b);
  }
}

// Hits inside the last match of their diagonal are already part of it. What lies wholly within a
// match and recurs all over a would match there, too, at every place; the match has it already.
void ExactMatcher::find_at(std::size_t j, std::span<const std::uint32_t> b) {
  const std::uint32_t first = index_.first(&b[j]);
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
    last_end = static_cast<std::uint32_t>(j + length);
    matches_.push_back({i - before, j - before, length + before});
    if (j + length > reach_) {
      reach_ = j + length;
      farthest_ = matches_.back();
    }
  }
}

// Two long texts have thousands of phrases in common, most of them by themselves: they are told
// before they are sorted and linked. The plane of places in a and b is divided into cells, wide
// enough that what is near to a short match has an end in its cell or one of the eight around it. A
// cell is counted under a hash: what falls together is taken for near.
void ExactMatcher::leave_out_alone(std::size_t fewest_alone) {
  constexpr std::size_t kCell = 2 * kNear;
  constexpr std::size_t kRow = 0x9E3779B1u;
  constexpr std::uint16_t kMost = ~std::uint16_t{0};
  if (matches_.empty()) return;
  const std::size_t cells = std::bit_ceil(8 * matches_.size());
  ends_in_cell_.assign(cells, 0);
  const auto cell_of = [&](std::size_t in_a, std::size_t in_b) {
    return (in_a / kCell + 1) * kRow + in_b / kCell + 1;
  };
  const auto ends_at = [&](std::size_t cell) -> std::uint16_t& {
    return ends_in_cell_[cell & (cells - 1)];
  };
  const auto count_end = [&](std::size_t in_a, std::size_t in_b) {
    std::uint16_t& ends = ends_at(cell_of(in_a, in_b));
    if (ends < kMost) ++ends;
  };
  for (const SharedRun& match : matches_) {
    count_end(match.begin_a, match.begin_b);
    count_end(match.begin_a + match.length, match.begin_b + match.length);
  }
  std::erase_if(matches_, [&](const SharedRun& match) {
    if (match.length >= fewest_alone) return false;
    const std::size_t cell = cell_of(match.begin_a, match.begin_b);
    std::size_t ends = 0;
    for (const std::size_t row : {cell - kRow, cell, cell + kRow}) {
      ends += std::size_t{ends_at(row - 1)} + ends_at(row) + ends_at(row + 1);
    }
    return ends <= 2;  // its own
  });
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
