#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cassert>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace copydesk {

// Disjoint sets over [0, size). The root of a set is its smallest element, so that the outcome does
// not depend on the order of unions. Path halving keeps chains short (Tarjan and van Leeuwen 1984).
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
