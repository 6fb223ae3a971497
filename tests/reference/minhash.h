#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdint>
#include <span>

namespace copydesk::reference {

inline std::uint32_t mix_to_32_bits(std::uint64_t element) {
  std::uint32_t x =
      static_cast<std::uint32_t>(element) + static_cast<std::uint32_t>(element >> 32) * 0x9E3779B9U;
  x ^= x >> 16;
  x *= 0x7FEB352DU;
  x ^= x >> 15;
  x *= 0x846CA68BU;
  return x ^ (x >> 16);
}

inline void minhash_update(std::span<const std::uint64_t> elements,
                           std::span<const std::uint32_t> masks,
                           std::span<const std::uint32_t> multipliers,
                           std::span<std::uint32_t> slots) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    for (const std::uint64_t element : elements) {
      slots[i] = std::min(slots[i], (mix_to_32_bits(element) ^ masks[i]) * multipliers[i]);
    }
  }
}

}  // namespace copydesk::reference
