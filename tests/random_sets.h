#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Seeded random values for tests: the same on every machine.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace copydesk {

// SplitMix64; distinct calls give distinct values.
class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  std::vector<std::uint64_t> take(std::size_t count) {
    std::vector<std::uint64_t> values(count);
    for (std::uint64_t& value : values) value = next();
    return values;
  }

 private:
  std::uint64_t state_;
};

}  // namespace copydesk
