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
  for (std::size_t i = grams_.size(); i-- > 0;) {
    std::size_t slot = grams_[i] & mask_;
    while (table_[slot] != kNone && grams_[table_[slot]] != grams_[i]) slot = (slot + 1) & mask_;
    if (table_[slot] == kNone) ++distinct_;
    next_[i] = table_[slot];
    table_[slot] = static_cast<std::uint32_t>(i);
  }
}

std::uint32_t GramIndex::first(std::uint64_t gram) const {
  if (table_.empty()) return kNone;
  std::size_t slot = gram & mask_;
  while (table_[slot] != kNone && grams_[table_[slot]] != gram) slot = (slot + 1) & mask_;
  return table_[slot];
}

}  // namespace copydesk
