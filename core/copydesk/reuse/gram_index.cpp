// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/gram_index.h"

#include <algorithm>
#include <bit>

namespace copydesk {

namespace {

// A power of two of at least `wanted` places, if that is not too many.
std::size_t places_for(std::size_t wanted, std::size_t least, std::size_t most) {
  return std::min(std::bit_ceil(std::max(least, wanted)), most);
}

// What makes a hash of 32 bits one of so many places.
unsigned shift_to(std::size_t places) {
  return 32 - static_cast<unsigned>(std::bit_width(places) - 1);
}

}  // namespace

// Positions are entered from the last to the first, so that each list begins with the lowest.
void GramIndex::build(std::span<const std::uint32_t> tokens, std::size_t size) {
  constexpr std::size_t kMostPlaces = std::size_t{1} << 31;
  tokens_ = tokens;
  size_ = size;
  const std::size_t grams = tokens.size() < size ? 0 : tokens.size() - size + 1;
  // Hashes of 32 bits have no more slots than 2^31, which is enough for fewer positions.
  const std::size_t slots = places_for(grams * 2, 16, kMostPlaces);
  mask_ = slots - 1;
  slot_shift_ = shift_to(slots);
  table_.assign(slots, kNone);
  next_.assign(grams, kNone);
  is_unique_.assign((grams + 63) / 64, 0);
  distinct_ = 0;
  power_ = 1;
  for (std::size_t i = 0; i < size; ++i) power_ *= kBase;
  // At least 16 bits a gram.
  const std::size_t bits = places_for(grams * 16, 64, kMostPlaces);
  filter_.assign(bits / 32, 0);
  filter_shift_ = shift_to(bits);
  if (grams == 0) return;
  // Rolled from the last gram to the first: what leaves stands at the end, and multiplying by the
  // inverse of the base moves the others there.
  constexpr std::uint32_t kInverse = [] {
    std::uint32_t inverse = 1;
    for (int i = 0; i < 5; ++i) inverse *= 2 - kBase * inverse;
    return inverse;
  }();
  static_assert(kInverse * kBase == 1);
  const std::uint32_t power = power_ * kInverse;
  std::uint32_t hash = hash_of(&tokens[grams - 1]);
  for (std::size_t i = grams; i-- > 0;) {
    std::size_t slot = hash >> slot_shift_;
    while (table_[slot] != kNone && !is_equal(&tokens[table_[slot]], &tokens[i])) {
      slot = (slot + 1) & mask_;
    }
    const std::uint32_t later = table_[slot];
    if (later == kNone) {
      ++distinct_;
      const std::uint32_t bit = hash >> filter_shift_;
      filter_[bit / 32] |= std::uint32_t{1} << bit % 32;
      is_unique_[i / 64] |= std::uint64_t{1} << i % 64;
    } else {
      is_unique_[later / 64] &= ~(std::uint64_t{1} << later % 64);
    }
    next_[i] = later;
    table_[slot] = static_cast<std::uint32_t>(i);
    if (i > 0) hash = (hash - tokens[i + size - 1]) * kInverse + tokens[i - 1] * power;
  }
}

// Without a branch: a place that is no hit is overwritten by the next. Hashing as many grams side
// by side as vectors have lanes took twice the time, since the bits lie all over the filter.
std::span<const std::uint32_t> GramIndex::find_hits(std::span<const std::uint32_t> b,
                                                    std::vector<std::uint32_t>& buffer) const {
  if (b.size() < size_) return {};
  const std::size_t grams = b.size() - size_ + 1;
  if (buffer.size() < grams) buffer.resize(grams);
  std::uint32_t* const places = buffer.data();
  std::uint32_t hash = hash_of(b.data());
  std::size_t hits = 0;
  for (std::size_t j = 0;;) {
    places[hits] = static_cast<std::uint32_t>(j);
    hits += may_hold(hash) ? 1 : 0;
    if (++j == grams) break;
    hash = roll(hash, b[j - 1], b[j + size_ - 1]);
  }
  return {places, hits};
}

}  // namespace copydesk
