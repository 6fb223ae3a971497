#include "copydesk/kernels/target.h"

// The instruction set beyond AVX-512's first, which some of the kernels are compiled for, too.
#define HWY_WANT_AVX3_DL
#include <hwy/targets.h>

namespace copydesk {

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names.emplace_back(hwy::TargetName(target));
  }
  return names;
}

std::string simd_target() {
  // Better targets have lower bits.
  const std::vector<std::string> names = simd_targets();
  return names.empty() ? std::string("SCALAR") : names.front();
}

bool restrict_simd_target(std::string_view name) {
  hwy::SetSupportedTargetsForTest(0);
  int64_t chosen = 0;
  if (!name.empty()) {
    for (const int64_t target : hwy::SupportedAndGeneratedTargets()) {
      if (name == hwy::TargetName(target)) chosen = target;
    }
    if (chosen == 0) return false;
    // Worse targets have higher bits. They stay, for kernels that are not compiled for this one.
    hwy::SetSupportedTargetsForTest(hwy::SupportedTargets() & ~(chosen - 1));
  }
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  return true;
}

}  // namespace copydesk
