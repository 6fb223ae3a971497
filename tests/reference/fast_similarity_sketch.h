#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk::reference {

// Round by round, element by element, with the stopping rule of the paper.
inline std::vector<std::uint32_t> fast_similarity_sketch(std::span<const std::uint64_t> elements,
                                                         std::uint64_t seed, std::size_t k) {
  std::vector<std::uint32_t> slots(k, 0xFFFFFFFF);
  std::vector<bool> filled(k, false);
  if (elements.empty()) return slots;
  std::uint64_t key = seed + 0x9E3779B97F4A7C15;
  key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
  key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
  key = key ^ (key >> 31);
  int round_bit_count = 0;
  while ((std::size_t{1} << round_bit_count) < 2 * k) ++round_bit_count;
  const int value_bits = 32 - round_bit_count;
  for (std::uint32_t round = 0; round < 2 * k; ++round) {
    if (std::find(filled.begin(), filled.end(), false) == filled.end()) break;
    for (const std::uint64_t element : elements) {
      const std::uint64_t keyed = element ^ key;
      std::uint32_t h = static_cast<std::uint32_t>(keyed) +
                        static_cast<std::uint32_t>(keyed >> 32) + round * 0x9E3779B9U;
      h ^= h >> 16;
      h *= 0x7FEB352DU;
      h ^= h >> 15;
      h *= 0x846CA68BU;
      h ^= h >> 16;
      const std::size_t slot = round < k ? ((h >> 16) * k) >> 16 : round - k;
      const std::uint32_t value = (round << value_bits) | (h % (1U << value_bits));
      slots[slot] = std::min(slots[slot], value);
      filled[slot] = true;
    }
  }
  return slots;
}

}  // namespace copydesk::reference
