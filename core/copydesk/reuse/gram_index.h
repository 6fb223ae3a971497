#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where the grams of one text stand, for comparing it with others.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

class GramIndex {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Indexes the grams of `size` tokens. REQUIRES: size >= 1; fewer than 2^31 tokens.
  void build(std::span<const std::uint32_t> tokens, std::size_t size);

  // The first position of a gram, or kNone; next() leads to the later ones, ascending. Nearly all
  // grams of another text are in none: 15 of 16 of these are turned away by one bit. REQUIRES:
  // build() was called.
  [[nodiscard]] std::uint32_t first(std::uint64_t gram) const {
    return may_hold(gram) ? look_up(gram) : kNone;
  }
  // The one bit: false for a gram that does not occur.
  [[nodiscard]] bool may_hold(std::uint64_t gram) const {
    const std::uint64_t bit = gram >> filter_shift_;
    return (filter_[bit / 64] >> bit % 64 & 1) != 0;
  }
  [[nodiscard]] std::uint32_t next(std::uint32_t position) const { return next_[position]; }

  // For who looks up many grams, one after the other: prefetch_slot() some grams ahead,
  // prefetch_place() fewer of them ahead; what the latter returns is most likely first().
  void prefetch_slot(std::uint64_t gram) const { __builtin_prefetch(&table_[gram & mask_]); }
  std::uint32_t prefetch_place(std::uint64_t gram) const {
    const std::uint32_t place = table_[gram & mask_];
    if (place != kNone) {
      __builtin_prefetch(&grams_[place]);
      __builtin_prefetch(&next_[place]);
    }
    return place;
  }

  [[nodiscard]] std::size_t distinct() const { return distinct_; }

 private:
  [[nodiscard]] std::uint32_t look_up(std::uint64_t gram) const;

  std::vector<std::uint64_t> grams_;  // by position
  std::vector<std::uint32_t> next_;   // by position
  std::vector<std::uint32_t> table_;  // open addressing: first positions
  std::uint64_t mask_ = 0;
  std::vector<std::uint64_t> filter_{0};  // one bit for each upper part of a gram that occurs
  unsigned filter_shift_ = 58;
  std::size_t distinct_ = 0;
};

}  // namespace copydesk
