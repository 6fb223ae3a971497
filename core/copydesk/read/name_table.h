#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Document ids as numbers 0, 1, 2, ... in the order of their first appearance: "x", "y", "x" are 0,
// 1, 0. Takes the bytes of the ids and 12 to 20 bytes for each, so that tens of millions fit.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk {

// Not thread-safe while ids are added.
class NameTable {
 public:
  // The number of `id`, a new one if it was not seen before.
  std::uint32_t add(std::string_view id);

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const;

  // Valid until the next add(). REQUIRES: number < size().
  [[nodiscard]] std::string_view operator[](std::uint32_t number) const;

  [[nodiscard]] std::size_t size() const { return begins_.size(); }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view id) const;
  void grow();

  std::string bytes_;                  // all ids, one after the other
  std::vector<std::uint64_t> begins_;  // where each begins
  std::vector<std::uint32_t> slots_;   // open addressing; 1 + number, 0 where free
};

}  // namespace copydesk
