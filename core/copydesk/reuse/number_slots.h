#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Numbers that differ at the same place of two texts, and whether they are counters. A law that was
// amended is numbered anew: "11. Whoever finds ..." was "3. Whoever finds ...", and every number
// after it is 8 higher, too. A form that was filled in twice has other figures without any order.
//
//   1. a  2. b  3. c     beside     4. a  5. b  6. c     : three slots, all shifted by 3: counters
//   up 12 pct, then 7    beside     up 3 pct, then 40    : two slots, no order

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/reuse/number_tokens.h"
#include "copydesk/reuse/passage_aligner.h"

namespace copydesk {

// A slot is a stretch within a passage in which both texts have numbers only, equally many, at most
// 16 of them, and not all the same ("12:05:07" beside "12:06:01" is one slot of three numbers).
struct NumberSlots {
  std::uint32_t slots = 0;
  std::uint32_t shifted_alike = 0;   // those that differ by what most of them differ by
  std::uint32_t distinct_alike = 0;  // different numbers of a among these
  std::uint32_t ascending = 0;       // neighboring slots in which both texts count up

  // Whether the numbers are the texts' own numbering.
  [[nodiscard]] bool are_counters() const;
};

// Reuses its buffers; one object per thread.
class NumberSlotFinder {
 public:
  explicit NumberSlotFinder(const NumberTokens& numbers) : numbers_(numbers) {}

  // `numbers_before`: of each token of a, and of its end, how many numbers stand before; runs
  // without any are then passed over. Empty: not known. REQUIRES: `passages` are those of a and b,
  // by begin_a, with their runs.
  [[nodiscard]] NumberSlots find(std::span<const Passage> passages,
                                 std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                                 std::span<const std::uint32_t> numbers_before = {});

 private:
  // Numbers of a, then as many of b, from `begin` of values_.
  struct Slot {
    std::uint32_t begin;
    std::uint32_t size;                       // of either side
    std::uint32_t first_shift, end_shift;     // where the two sides differ first and last
  };

  void walk_gap(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);
  void add_equal(std::span<const std::uint32_t> a, std::size_t begin, std::size_t end,
                 std::span<const std::uint32_t> numbers_before);
  bool add_pair(std::uint32_t a, std::uint32_t b);
  void close_slot();
  [[nodiscard]] int compare_shifts(const Slot& x, const Slot& y) const;
  [[nodiscard]] int compare_side(const Slot& x, const Slot& y, bool is_b) const;

  const NumberTokens& numbers_;
  std::vector<std::uint32_t> open_a_, open_b_;  // the stretch in hand
  std::vector<std::uint32_t> values_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> order_;
};

}  // namespace copydesk
