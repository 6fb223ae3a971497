// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/number_slots.h"

#include <algorithm>
#include <numeric>

namespace copydesk {

namespace {

constexpr std::size_t kMostNumbers = 16;

// Three slots and more, two in five of which are shifted by the same number and do not all hold the
// same one; or slots that count up on both sides, as the times of subtitles do, whose differences
// carry over from seconds to minutes.
constexpr std::uint32_t kFewestShifted = 3;
constexpr double kShiftedAlike = 0.4;
constexpr std::uint32_t kFewestAscending = 5;
constexpr double kAscending = 0.9;
constexpr std::uint32_t kManyAscending = 8;
constexpr double kMostlyAscending = 0.75;

}  // namespace

bool NumberSlots::are_counters() const {
  if (slots >= kFewestShifted && distinct_alike >= kFewestShifted &&
      shifted_alike >= kShiftedAlike * slots) {
    return true;
  }
  const double share = slots > 1 ? static_cast<double>(ascending) / (slots - 1) : 0.0;
  return (slots >= kFewestAscending && share >= kAscending) ||
         (slots >= kManyAscending && share >= kMostlyAscending);
}

NumberSlots NumberSlotFinder::find(std::span<const Passage> passages,
                                   std::span<const std::uint32_t> a,
                                   std::span<const std::uint32_t> b,
                                   std::span<const std::uint32_t> numbers_before) {
  values_.clear();
  slots_.clear();
  for (const Passage& passage : passages) {
    open_a_.clear();
    open_b_.clear();
    const SharedRun* previous = nullptr;
    for (const SharedRun& run : passage.runs) {
      if (previous != nullptr) {
        const std::size_t end_a = previous->begin_a + previous->length;
        const std::size_t end_b = previous->begin_b + previous->length;
        walk_gap(a.subspan(end_a, run.begin_a - end_a), b.subspan(end_b, run.begin_b - end_b));
      }
      // Of a long run only its ends can be beside numbers that differ.
      const std::size_t edge = std::min(run.length, kMostNumbers + 1);
      add_equal(a, run.begin_a, run.begin_a + edge, numbers_before);
      const std::size_t tail = std::max(edge, run.length - edge);
      if (tail > edge) close_slot();
      add_equal(a, run.begin_a + tail, run.begin_a + run.length, numbers_before);
      previous = &run;
    }
    close_slot();
  }

  NumberSlots found;
  found.slots = static_cast<std::uint32_t>(slots_.size());
  for (std::size_t i = 1; i < slots_.size(); ++i) {
    found.ascending += compare_side(slots_[i - 1], slots_[i], false) < 0 &&
                               compare_side(slots_[i - 1], slots_[i], true) < 0
                           ? 1
                           : 0;
  }
  order_.resize(slots_.size());
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t x, std::uint32_t y) {
    const int by_shift = compare_shifts(slots_[x], slots_[y]);
    return by_shift != 0 ? by_shift < 0 : compare_side(slots_[x], slots_[y], false) < 0;
  });
  for (std::size_t begin = 0, end = 0; begin < order_.size(); begin = end) {
    std::uint32_t distinct = 0;
    for (end = begin; end < order_.size() &&
                      compare_shifts(slots_[order_[begin]], slots_[order_[end]]) == 0;
         ++end) {
      distinct += end == begin ||
                          compare_side(slots_[order_[end - 1]], slots_[order_[end]], false) != 0
                      ? 1
                      : 0;
    }
    const auto alike = static_cast<std::uint32_t>(end - begin);
    if (alike > found.shifted_alike ||
        (alike == found.shifted_alike && distinct > found.distinct_alike)) {
      found.shifted_alike = alike;
      found.distinct_alike = distinct;
    }
  }
  return found;
}

// What stands between two runs. Numbers at its beginning belong to the stretch before, numbers at
// its end to the one that follows; between words that differ, numbers are compared where both sides
// have equally many tokens.
void NumberSlotFinder::walk_gap(std::span<const std::uint32_t> a,
                                std::span<const std::uint32_t> b) {
  const auto is_number = [&](std::uint32_t token) { return numbers_.contains(token); };
  if (std::all_of(a.begin(), a.end(), is_number) && std::all_of(b.begin(), b.end(), is_number)) {
    for (const std::uint32_t token : a) open_a_.push_back(numbers_.value(token));
    for (const std::uint32_t token : b) open_b_.push_back(numbers_.value(token));
    return;
  }
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t front = 0;
  while (front < size && add_pair(a[front], b[front])) ++front;
  close_slot();
  if (a.size() == b.size()) {
    for (std::size_t i = front; i < size; ++i) {
      if (!add_pair(a[i], b[i])) close_slot();
    }
    return;
  }
  std::size_t back = 0;
  while (back < size - front && is_number(a[a.size() - 1 - back]) &&
         is_number(b[b.size() - 1 - back])) {
    ++back;
  }
  for (; back > 0; --back) add_pair(a[a.size() - back], b[b.size() - back]);
}

void NumberSlotFinder::add_equal(std::span<const std::uint32_t> a, std::size_t begin,
                                 std::size_t end, std::span<const std::uint32_t> numbers_before) {
  if (begin == end) return;
  if (!numbers_before.empty() && numbers_before[begin] == numbers_before[end]) return close_slot();
  for (std::size_t i = begin; i < end; ++i) {
    if (!add_pair(a[i], a[i])) close_slot();
  }
}

bool NumberSlotFinder::add_pair(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t value_a = numbers_.value(a);
  const std::uint32_t value_b = a == b ? value_a : numbers_.value(b);
  if (value_a == NumberTokens::kNone || value_b == NumberTokens::kNone) return false;
  open_a_.push_back(value_a);
  open_b_.push_back(value_b);
  return true;
}

void NumberSlotFinder::close_slot() {
  const std::size_t size = open_a_.size();
  if (size > 0 && size == open_b_.size() && size <= kMostNumbers && open_a_ != open_b_) {
    Slot slot{static_cast<std::uint32_t>(values_.size()), static_cast<std::uint32_t>(size), 0, 0};
    while (open_a_[slot.first_shift] == open_b_[slot.first_shift]) ++slot.first_shift;
    slot.end_shift = slot.size;
    while (open_a_[slot.end_shift - 1] == open_b_[slot.end_shift - 1]) --slot.end_shift;
    values_.insert(values_.end(), open_a_.begin(), open_a_.end());
    values_.insert(values_.end(), open_b_.begin(), open_b_.end());
    slots_.push_back(slot);
  }
  open_a_.clear();
  open_b_.clear();
}

// By what is added to a to give b, without the equal numbers around it: 3.1 to 5.1 is a shift of 2,
// and so is 3 to 5.
int NumberSlotFinder::compare_shifts(const Slot& x, const Slot& y) const {
  const std::uint32_t size_x = x.end_shift - x.first_shift;
  const std::uint32_t size_y = y.end_shift - y.first_shift;
  if (size_x != size_y) return size_x < size_y ? -1 : 1;
  const auto shift = [&](const Slot& slot, std::uint32_t i) {
    const std::uint32_t place = slot.begin + slot.first_shift + i;
    return std::int64_t{values_[place + slot.size]} - std::int64_t{values_[place]};
  };
  for (std::uint32_t i = 0; i < size_x; ++i) {
    if (shift(x, i) != shift(y, i)) return shift(x, i) < shift(y, i) ? -1 : 1;
  }
  return 0;
}

// By the numbers of one side, the first that differs deciding; a shorter row before a longer one.
int NumberSlotFinder::compare_side(const Slot& x, const Slot& y, bool is_b) const {
  const std::uint32_t from_x = x.begin + (is_b ? x.size : 0);
  const std::uint32_t from_y = y.begin + (is_b ? y.size : 0);
  for (std::uint32_t i = 0; i < std::min(x.size, y.size); ++i) {
    if (values_[from_x + i] != values_[from_y + i]) {
      return values_[from_x + i] < values_[from_y + i] ? -1 : 1;
    }
  }
  return x.size == y.size ? 0 : x.size < y.size ? -1 : 1;
}

}  // namespace copydesk
