#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The instruction set that the kernels run on. Each kernel is compiled for several and the best
// that the processor offers is chosen at run time (Highway); here it can be asked for, and
// restricted by measurements and tests. Where simd_targets() is {"AVX2", "SSE4", "SSSE3",
// "SCALAR"}, all kernels give the same numbers after restrict_simd_target("SSE4"), only slower.

#include <string>
#include <string_view>
#include <vector>

namespace copydesk {

// The instruction set the kernels run on: "AVX3_DL", "AVX2", "SSE4", ... as Highway names it.
[[nodiscard]] std::string simd_target();

// All that this processor offers and the kernels were compiled for, best first.
[[nodiscard]] std::vector<std::string> simd_targets();

// Makes all kernels use the named one, or the next best that they were compiled for; an empty name
// lifts the restriction. For measurements and tests: results do not depend on it. False if this
// processor does not offer it. Not thread-safe: call before any other work.
bool restrict_simd_target(std::string_view name);

}  // namespace copydesk
