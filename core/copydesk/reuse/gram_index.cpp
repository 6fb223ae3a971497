// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/gram_index.h"

#include <algorithm>
#include <bit>

#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

// Positions are entered from the last to the first, so that each list begins with the lowest.
void GramIndex::build(std::span<const std::uint32_t> tokens, std::size_t size) {
  hash_grams(tokens, size, grams_);
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(16, grams_.size() * 2));
  mask_ = slots - 1;
  table_.assign(slots, kNone);
  next_.assign(grams_.size(), kNone);
  distinct_ = 0;
  // At least 16 bits a gram.
  const std::size_t bits = std::bit_ceil(std::max<std::size_t>(64, grams_.size() * 16));
  filter_.assign(bits / 64, 0);
  filter_shift_ = 64 - static_cast<unsigned>(std::bit_width(bits) - 1);
  for (std::size_t i = grams_.size(); i-- > 0;) {
    std::size_t slot = grams_[i] & mask_;
    while (table_[slot] != kNone && grams_[table_[slot]] != grams_[i]) slot = (slot + 1) & mask_;
    if (table_[slot] == kNone) {
      ++distinct_;
      const std::uint64_t bit = grams_[i] >> filter_shift_;
      filter_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    next_[i] = table_[slot];
    table_[slot] = static_cast<std::uint32_t>(i);
  }
}

std::uint32_t GramIndex::look_up(std::uint64_t gram) const {
  std::size_t slot = gram & mask_;
  while (table_[slot] != kNone && grams_[table_[slot]] != gram) slot = (slot + 1) & mask_;
  return table_[slot];
}

}  // namespace copydesk
