#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <set>

namespace copydesk::reference {

inline std::size_t shared_elements(const std::set<std::uint64_t>& a,
                                   const std::set<std::uint64_t>& b) {
  std::size_t shared = 0;
  for (const std::uint64_t element : a) shared += b.count(element);
  return shared;
}

// |A n B| / |A u B|, by building the union; 1 for two empty sets.
inline double jaccard(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  std::set<std::uint64_t> all = a;
  all.insert(b.begin(), b.end());
  if (all.empty()) return 1.0;
  return static_cast<double>(shared_elements(a, b)) / static_cast<double>(all.size());
}

}  // namespace copydesk::reference
