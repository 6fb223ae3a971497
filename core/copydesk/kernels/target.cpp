#include "copydesk/kernels/target.h"

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
    hwy::SetSupportedTargetsForTest(chosen);
  }
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  return true;
}

}  // namespace copydesk
