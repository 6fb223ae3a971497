#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Runs kernels on one chosen instruction set while an object of this class lives.

#include <hwy/targets.h>

#include <cstdint>
#include <vector>

namespace copydesk {

class OnlyTarget {
 public:
  explicit OnlyTarget(std::int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  ~OnlyTarget() {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  OnlyTarget(const OnlyTarget&) = delete;
  OnlyTarget& operator=(const OnlyTarget&) = delete;
};

// The instruction sets that kernels were compiled for and this machine has.
inline std::vector<std::int64_t> testable_targets() {
  return hwy::SupportedAndGeneratedTargets();
}

}  // namespace copydesk
