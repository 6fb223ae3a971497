#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the stages that propose pairs hand to those that compare them: two documents by their
// numbers, which count from 0 in the order of the input. The lower number comes first, so documents
// 7 and 3 are always {3, 7}, which stands before {3, 8} and {4, 5}.

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
