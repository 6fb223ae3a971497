#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which kept documents a kept document could still be removed for, and why: the leads of a Decider.
// A family of a million texts opens twenty million of them at once, of which each text follows two,
// so they lie on a list that is sorted outside of memory (Knuth, TAOCP 3, 5.4) and gone through
// from its beginning in each look.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "copydesk/decide/pair_graph.h"
#include "copydesk/stream/spill_list.h"

namespace copydesk {

// That `kept` was kept in the place of `removed`, with which `document` has a pair, or the other
// way round. Of the two that are kept, `document` is the later one.
struct Lead {
  PairGraph::Place document = 0;
  PairGraph::Place kept = 0;
  PairGraph::Place removed = 0;
  friend auto operator<=>(const Lead&, const Lead&) = default;
};

// Memory: `memory_bytes`, and 24 KiB for each part of half that size that lies in the file. Not
// thread-safe.
class LeadList {
 public:
  // What does not fit goes to an unnamed file in `folder` (empty: the system's choice).
  LeadList(std::string folder, std::size_t memory_bytes);

  // Throws Error{kCannotWrite}.
  void add(const Lead& lead);

  // Calls stays(lead) for all that were added, in order, and forgets those for which it is false.
  // Throws Error{kCannotRead}, Error{kCannotWrite}.
  void sift(const std::function<bool(const Lead&)>& stays);

 private:
  void end_run();

  std::string folder_;
  std::size_t memory_bytes_;
  std::vector<Lead> added_;
  SpillList<Lead> runs_;
  std::vector<std::uint64_t> starts_{0};  // run i is [starts_[i], starts_[i + 1]), in order
};

}  // namespace copydesk
