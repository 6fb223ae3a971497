#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <set>
#include <span>

namespace copydesk::reference {

inline std::size_t intersection_size(std::span<const std::uint64_t> a,
                                     std::span<const std::uint64_t> b) {
  const std::set<std::uint64_t> left(a.begin(), a.end());
  std::size_t count = 0;
  for (const std::uint64_t value : b) count += left.count(value);
  return count;
}

}  // namespace copydesk::reference
