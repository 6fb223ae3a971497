#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <span>

namespace copydesk::reference {

// One vote for or against each bit, `weights[i]` times; unweighted when `weights` is empty.
inline std::uint64_t bit_majority(std::span<const std::uint64_t> words,
                                  std::span<const std::uint32_t> weights) {
  std::uint64_t result = 0;
  for (int bit = 0; bit < 64; ++bit) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::int64_t weight = weights.empty() ? 1 : weights[i];
      sum += ((words[i] >> bit) & 1) != 0 ? weight : -weight;
    }
    if (sum > 0) result |= std::uint64_t{1} << bit;
  }
  return result;
}

}  // namespace copydesk::reference
