#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which documents hang together, where they are so many that they are numbered with 64 bits and their
// edges come in parts, from several machines. What is held is a forest: of each document one edge to the
// first of those it hangs together with. Of the edges 3-9, 9-4 and 20-21, the forest is 3-4, 3-9 and
// 20-21.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

// Two documents that hang together, the smaller number first.
struct Edge {
  std::uint64_t first = 0;
  std::uint64_t document = 0;
  friend auto operator<=>(const Edge&, const Edge&) = default;
};

// Memory: at most 32 bytes for each document that has an edge, or some megabytes, and 28 more while edges
// are reduced to the forest. Not thread-safe.
class EdgeForest {
 public:
  // In any order, with repeats; of an edge whose ends are equal nothing comes. Throws
  // Error{kLimitExceeded} for more than 2^32 - 2 documents with edges.
  void add(std::span<const Edge> edges);

  // One edge for each document that is not the first of those it hangs together with, which is the
  // other end; by document. Does not depend on the order of what was added. Valid until more is added.
  [[nodiscard]] std::span<const Edge> stars();

 private:
  void reduce();

  std::vector<Edge> edges_;
  std::size_t reduced_ = 0;     // the first so many are stars
  std::size_t reduce_at_ = 0;  // so many are held before they are reduced
};

}  // namespace copydesk
