#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

namespace copydesk::reference {

inline int hamming_distance(std::uint64_t a, std::uint64_t b) {
  int distance = 0;
  for (int bit = 0; bit < 64; ++bit) {
    if (((a >> bit) & 1) != ((b >> bit) & 1)) ++distance;
  }
  return distance;
}

}  // namespace copydesk::reference
