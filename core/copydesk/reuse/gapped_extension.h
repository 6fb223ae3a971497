#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What lies between and beyond exact matches: words replaced, dropped or put in.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/verify/shared_run.h"

namespace copydesk {

// How far an alignment reaches into two token lists that begin where it begins.
struct Extension {
  std::size_t length_a = 0;
  std::size_t length_b = 0;
  // Whether it ends there however the two lists go on; false where they end too soon to tell.
  bool is_final = false;
};

// Reuses its buffers; one object per thread.
class GappedExtender {
 public:
  static constexpr std::size_t kBand = 12;  // tokens the two sides may get out of step

  // Follows a and b from their beginnings while the score (+1 for an equal token, -1 for a
  // replaced, dropped or added one) stays within `drop` of the best, and ends where it was best:
  // behind an equal token, or at 0. Appends the runs of equal tokens on the best path to `runs`,
  // last first, with positions within a and b. Ties go to the end reached first.
  Extension extend(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                   std::int32_t drop, std::vector<SharedRun>& runs);

  // Appends the runs of a longest common subsequence of a and b, last first. O(|a| |b|): for gaps.
  void fill(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
            std::vector<SharedRun>& runs);

 private:
  bool leads_nowhere(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                     std::int32_t drop);

  enum class Step : std::uint8_t { kNone, kEqual, kReplaced, kOnlyA, kOnlyB };

  std::vector<std::int32_t> row_;
  std::vector<Step> steps_;
  std::array<std::uint32_t, 256> places_{};  // by the low bits of a token, where it may be in b
};

}  // namespace copydesk
