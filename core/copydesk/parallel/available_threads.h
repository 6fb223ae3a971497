#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How many threads a run has unless it is told. On four processors, of which a control group allows
// 1.5, there are two.

#include <cstddef>

namespace copydesk {

// The processors that this process may use by its affinity and by the control group it is in
// (version 2), rounded up; at least 1. Thread-safe.
[[nodiscard]] std::size_t available_threads();

}  // namespace copydesk
