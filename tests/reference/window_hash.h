#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Shingle hashes straight from docs/text.md.

#include <cstdint>
#include <vector>

namespace copydesk::reference {

inline std::uint64_t mix(std::uint64_t x) {
  x = x ^ (x >> 32);
  x = x * 0xD6E8FEB86659FD93u;
  return x ^ (x >> 29);
}

inline std::uint64_t power(std::uint64_t base, std::size_t exponent) {
  std::uint64_t result = 1;
  while (exponent-- > 0) result *= base;
  return result;
}

inline std::vector<std::uint64_t> window_hashes(const std::vector<std::uint64_t>& tokens,
                                                std::size_t size) {
  std::vector<std::uint64_t> result;
  for (std::size_t i = 0; i + size <= tokens.size(); ++i) {
    std::uint64_t sum = 0;
    for (std::size_t j = 0; j < size; ++j) {
      sum += tokens[i + j] * power(0x9E3779B97F4A7C15u, size - 1 - j);
    }
    result.push_back(mix(sum));
  }
  return result;
}

}  // namespace copydesk::reference
