#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <span>

#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// A list of pairs that need not be in memory: hands its argument all of them, in parts, in order,
// as often as it is called.
//
//   const PairSource source = [&](const auto& take) { take(pairs); };  // of a vector
using PairSource = std::function<void(const std::function<void(std::span<const ScoredPair>)>&)>;

}  // namespace copydesk
