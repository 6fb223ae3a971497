#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Scored pairs to decisions, without chaining: a document is removed only in favour of one that is
// kept and that it was itself compared with.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/verify/scored_pair.h"

namespace copydesk {

enum class RemovalRule : std::uint8_t {
  kExact,          // the same tokens
  kNearDuplicate,  // Jaccard similarity at the threshold or above
  kContained,      // its share found in the kept document reaches the containment asked for
};

// "exact", "near_duplicate", "contained".
[[nodiscard]] std::string_view to_string(RemovalRule rule);

struct Decision {
  std::uint32_t document = 0;  // removed
  std::uint32_t kept = 0;
  RemovalRule rule = RemovalRule::kExact;
  Overlap overlap;  // a is the removed document, b the kept one; all zero where rule is kExact
  friend bool operator==(const Decision&, const Decision&) = default;
};

struct DecideOptions {
  double jaccard = 0.8;
  double containment = 0.0;  // 0: the rule is off
};

struct DecisionList {
  std::vector<Decision> removed;        // ascending by document
  std::vector<std::uint32_t> kept_for;  // for every document the one kept in its place, or itself
};

// `representatives` as in connected_components, the first of each group in keep order; `ranks` as
// given by keep_ranks. Documents are visited in keep order; a visited one is removed if it has a
// verified pair with a kept one that comes before it (among several, the first in keep order), and
// kept otherwise. With the containment rule on, longer documents come first and ranks decide among
// equally long ones: otherwise a short text could be kept beside the longer one that holds it.
// Documents equal to a removed representative are removed with it, by its pair.
[[nodiscard]] DecisionList decide(std::span<const std::uint32_t> representatives,
                                  std::span<const std::uint32_t> ranks,
                                  std::span<const ScoredPair> pairs, const DecideOptions& options);

}  // namespace copydesk
