#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Disjoint sets over the numbers [0, size): what hangs together, learnt pair by pair. The root of a
// set is its smallest element, so that the outcome does not depend on the order of unions: of five
// elements, unite(4, 3) and unite(3, 1), in either order, leave the roots 0, 1, 2, 1, 1. Path
// halving keeps chains short (Tarjan and van Leeuwen, "Worst-case analysis of set union
// algorithms", JACM 1984).

#include <cassert>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace copydesk {

// Not thread-safe: find() shortens chains.
class UnionFind {
 public:
  explicit UnionFind(std::uint32_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), std::uint32_t{0});
  }

  [[nodiscard]] std::uint32_t find(std::uint32_t element) {
    assert(element < parents_.size());
    while (parents_[element] != element) {
      parents_[element] = parents_[parents_[element]];
      element = parents_[element];
    }
    return element;
  }

  void unite(std::uint32_t x, std::uint32_t y) {
    x = find(x);
    y = find(y);
    if (x > y) std::swap(x, y);
    parents_[y] = x;
  }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(parents_.size()); }

 private:
  std::vector<std::uint32_t> parents_;
};

}  // namespace copydesk
