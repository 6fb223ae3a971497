// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/fault_counts.h"

#include <algorithm>

namespace copydesk {

namespace {

constexpr std::size_t kMostReasons = 32;

}  // namespace

void FaultCounts::add(const RecordFault& fault) {
  ++total;
  if (fault.origin.line == 0) ++sources;
  const auto known = std::find_if(reasons.begin(), reasons.end(),
                                  [&](const auto& entry) { return entry.first == fault.reason; });
  if (known != reasons.end()) {
    ++known->second;
  } else if (reasons.size() < kMostReasons) {
    reasons.emplace_back(fault.reason, 1);
  } else {
    if (reasons.back().first != "other") reasons.back() = {"other", reasons.back().second};
    ++reasons.back().second;
  }
}

void describe(const FaultCounts& faults, ReportSection& section) {
  section.add("total", faults.total);
  section.add("inputs_cut_short", faults.sources);
  ReportSection reasons;
  for (const auto& [reason, count] : faults.reasons) reasons.add(reason, count);
  section.add_json("reasons", reasons.to_json(4));
}

}  // namespace copydesk
