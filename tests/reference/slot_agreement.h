#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>

namespace copydesk::reference {

template <typename Slot>
std::uint16_t equal_slots(const Slot* a, const Slot* b, std::size_t size) {
  int count = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] == b[i]) ++count;
  }
  return static_cast<std::uint16_t>(count);
}

}  // namespace copydesk::reference
