#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Runs kernels on one chosen instruction set, so that a test or a benchmark can compare all of them.

#include <hwy/highway.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace copydesk {

// Every instruction set that this machine has and that kernels are compiled for, best first.
inline std::vector<std::int64_t> supported_targets() {
  hwy::SetSupportedTargetsForTest(0);
  return hwy::SupportedAndGeneratedTargets();
}

// While it lives, kernels run on `target` only; throws std::logic_error if they would not. One at a
// time, and not while another thread runs a kernel.
class OnlyTarget {
 public:
  explicit OnlyTarget(std::int64_t target) {
    choose(target);
    const std::int64_t chosen = HWY_CHOSEN_TARGET_SHIFT(target) | HWY_CHOSEN_TARGET_MASK_SCALAR;
    const std::size_t index = hwy::Num0BitsBelowLS1Bit_Nonzero64(static_cast<std::uint64_t>(chosen));
    if (hwy::SupportedTargets() != target || hwy::GetChosenTarget().GetIndex() != index) {
      choose(0);
      throw std::logic_error(std::string("kernels cannot run on ") + hwy::TargetName(target));
    }
  }
  ~OnlyTarget() { choose(0); }
  OnlyTarget(const OnlyTarget&) = delete;
  OnlyTarget& operator=(const OnlyTarget&) = delete;

 private:
  static void choose(std::int64_t targets) {
    hwy::SetSupportedTargetsForTest(targets);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

}  // namespace copydesk
