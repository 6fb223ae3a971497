#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Runs kernels on one chosen instruction set, so that a test or a benchmark can compare all of
// them.

#include <hwy/highway.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace copydesk {

// Every instruction set that this machine has and that all kernels are compiled for, best first.
inline std::vector<std::int64_t> supported_targets() {
  hwy::SetSupportedTargetsForTest(0);
  return hwy::SupportedAndGeneratedTargets();
}

// The same and the instruction sets that only kernels with HWY_WANT_AVX3_DL are compiled for. That
// macro must not be defined where this header is included: it would change inline functions.
inline std::vector<std::int64_t> supported_targets_of_wider_kernels() {
  std::vector<std::int64_t> targets = supported_targets();
  if ((hwy::SupportedTargets() & HWY_AVX3_DL) != 0) targets.insert(targets.begin(), HWY_AVX3_DL);
  return targets;
}

// While it lives, kernels run on `target` only; throws std::logic_error if they would not. One at a
// time, and not while another thread runs a kernel.
class OnlyTarget {
 public:
  explicit OnlyTarget(std::int64_t target) {
    choose(target);
    const bool chosen = hwy::SupportedTargets() == target &&
                        ((HWY_TARGETS & target) == 0 ||
                         hwy::GetChosenTarget().GetIndex() == dispatch_index(target));
    if (!chosen) {
      choose(0);
      throw std::logic_error(std::string("kernels cannot run on ") + hwy::TargetName(target));
    }
  }
  ~OnlyTarget() { choose(0); }
  OnlyTarget(const OnlyTarget&) = delete;
  OnlyTarget& operator=(const OnlyTarget&) = delete;

 private:
  // The place of a target in the tables of HWY_DYNAMIC_DISPATCH.
  static std::size_t dispatch_index(std::int64_t target) {
    const std::int64_t bits = HWY_CHOSEN_TARGET_SHIFT(target) | HWY_CHOSEN_TARGET_MASK_SCALAR;
    return hwy::Num0BitsBelowLS1Bit_Nonzero64(static_cast<std::uint64_t>(bits));
  }

  static void choose(std::int64_t targets) {
    hwy::SetSupportedTargetsForTest(targets);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

}  // namespace copydesk
