#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Words in the order of their frequency, drawn by Zipf's law in constant time. Made for a generator
// that writes a word in a few nanoseconds: fixed slots that are copied whole, no branch on length.

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"
#include "generate/scripts.h"

namespace copydesk::datasets {

class Lexicon {
 public:
  static constexpr std::size_t kSlotBytes = 32;

  // `size` different words of one to four syllables, the frequent ones short; `names` are longer
  // and begin with a capital. REQUIRES: 0 < size <= 65536.
  Lexicon(const Script& script, std::size_t size, bool names, std::uint64_t seed);

  [[nodiscard]] std::size_t size() const { return slots_.size(); }

  [[nodiscard]] std::string_view word(std::size_t rank) const {
    const Slot& slot = slots_[rank];
    return {slot.bytes.data(), slot.length()};
  }

  // A rank under Zipf's law with exponent 1, from 28 random bits. In the tail, where one of the
  // 4,096 quantiles stands for several ranks, these are equally likely.
  [[nodiscard]] std::size_t rank_of(std::uint32_t bits) const {
    const Quantile quantile = quantiles_[bits & (kQuantiles - 1)];
    return quantile.first + ((quantile.width * ((bits >> 12) & 0xffffU)) >> 16);
  }

  [[nodiscard]] std::string_view draw(Random& random) const {
    return word(rank_of(static_cast<std::uint32_t>(random.next())));
  }

  // Copies a whole slot to `out`, which must have room for kSlotBytes, and returns its length.
  std::size_t write(std::size_t rank, char* out) const {
    const Slot& slot = slots_[rank];
    std::memcpy(out, slot.bytes.data(), kSlotBytes);
    return slot.length();
  }

 private:
  struct Slot {
    std::array<char, kSlotBytes> bytes{};  // the last one is the length
    [[nodiscard]] std::size_t length() const { return static_cast<unsigned char>(bytes.back()); }
  };
  struct Quantile {
    std::uint16_t first = 0, width = 1;
  };
  static constexpr std::uint32_t kQuantiles = 4096;  // small enough for the first-level cache

  void fill_quantiles();

  std::vector<Slot> slots_;
  std::vector<Quantile> quantiles_;
};

}  // namespace copydesk::datasets
