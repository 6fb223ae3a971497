#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <compare>
#include <cstdint>

namespace copydesk {

// Two documents (by number) that may be similar. Always a < b.
struct CandidatePair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  friend auto operator<=>(const CandidatePair&, const CandidatePair&) = default;
};

}  // namespace copydesk
