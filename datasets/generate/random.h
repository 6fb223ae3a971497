#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The generator's only source of chance. Standard distributions give other numbers with another
// standard library; these functions are defined to the bit, so one seed is one corpus everywhere.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace copydesk::datasets {

// The finalizer of SplitMix64 [Steele, Lea, Flood 2014]: a bijection of 64 bits.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

// A seed for the `index`-th thing of its sort; `purpose` keeps different sorts of things apart.
[[nodiscard]] constexpr std::uint64_t derive_seed(std::uint64_t seed, std::uint64_t purpose,
                                                  std::uint64_t index) {
  return mix(mix(seed + purpose * 0x9e3779b97f4a7c15ULL) + index * 0xd1342543de82ef95ULL);
}

// SplitMix64. Cheap to seed, which matters: every document has a generator of its own.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    return mix(state_);
  }

  // In [0, bound). REQUIRES: bound > 0. The bias is below bound / 2^32.
  std::uint64_t below(std::uint64_t bound) {
    if (bound <= 0xffffffffULL) return ((next() >> 32) * bound) >> 32;
    return next() % bound;
  }

  // In [low, high], both included. REQUIRES: low <= high.
  std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    return low + below(high - low + 1);
  }

  // In [0, 1), a multiple of 2^-53.
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  bool chance(double probability) { return unit() < probability; }

  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[below(items.size())];
  }

  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t left = items.size(); left > 1; --left) {
      std::swap(items[left - 1], items[below(left)]);
    }
  }

  // `count` of the numbers [0, bound), ascending. REQUIRES: count <= bound.
  std::vector<std::size_t> sample(std::size_t count, std::size_t bound);

 private:
  std::uint64_t state_;
};

}  // namespace copydesk::datasets
