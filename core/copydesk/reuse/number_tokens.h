#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which tokens are numbers, and which: told from their hashes, since reuse search keeps no letters.
// Figures are what forms are filled in with, and what the lines of a law are counted by.

#include <cstdint>
#include <vector>

namespace copydesk {

class NumberTokens {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Knows the whole numbers of up to five digits and those of two and three with leading zeros: as
  // tokens, larger ones and fractions fall into such groups, unless they are written without any
  // sign between.
  NumberTokens();

  // The number a token stands for ("007" is 7), or kNone. One bit turns away nine of ten words.
  [[nodiscard]] std::uint32_t value(std::uint32_t token) const {
    const std::uint32_t bit = token >> (32 - kFilterBits);
    if ((filter_[bit / 64] >> bit % 64 & 1) == 0) return kNone;
    const std::uint32_t slot = token >> (32 - kSlotBits);
    for (std::uint32_t i = begins_[slot]; i < begins_[slot + 1]; ++i) {
      if (entries_[i].token == token) return entries_[i].value;
    }
    return kNone;
  }
  [[nodiscard]] bool contains(std::uint32_t token) const { return value(token) != kNone; }

 private:
  struct Entry {
    std::uint32_t token;
    std::uint32_t value;
  };

  static constexpr unsigned kSlotBits = 17;
  static constexpr unsigned kFilterBits = 20;
  std::vector<Entry> entries_;         // ascending by token
  std::vector<std::uint32_t> begins_;  // by the upper bits of a token
  std::vector<std::uint64_t> filter_;  // one bit for each upper part of a number's token
};

}  // namespace copydesk
