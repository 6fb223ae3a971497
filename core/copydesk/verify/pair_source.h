#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A list of pairs that need not be in memory: hands its argument all of them, in parts, in order,
// as often as it is called. Three pairs that are read two at a time come as two spans, of two and
// of one.
//
//   const PairSource source = [&](const auto& take) { take(pairs); };  // of a vector

#include <functional>
#include <span>

#include "copydesk/verify/scored_pair.h"

namespace copydesk {

using PairSource = std::function<void(const std::function<void(std::span<const ScoredPair>)>&)>;

}  // namespace copydesk
