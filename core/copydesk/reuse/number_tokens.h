#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which tokens are numbers, told from their hashes: reuse search keeps no letters. Figures are what
// forms are filled in with.

#include <cstdint>
#include <vector>

namespace copydesk {

class NumberTokens {
 public:
  // Knows the whole numbers of up to five digits and those of two and three with leading zeros: as
  // tokens, larger ones and fractions fall into such groups, unless they are written without any
  // sign between.
  NumberTokens();

  [[nodiscard]] bool contains(std::uint32_t token) const {
    const std::uint32_t slot = token >> (32 - kSlotBits);
    for (std::uint32_t i = begins_[slot]; i < begins_[slot + 1]; ++i) {
      if (tokens_[i] == token) return true;
    }
    return false;
  }

 private:
  static constexpr unsigned kSlotBits = 17;
  std::vector<std::uint32_t> tokens_;  // ascending
  std::vector<std::uint32_t> begins_;  // by the upper bits of a token
};

}  // namespace copydesk
