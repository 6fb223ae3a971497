#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What could not be used of a corpus, counted by reason for the summary and the report of a run:
// {3, 1, {{"invalid JSON", 2}, {"cannot be opened", 1}}} after two bad lines and a file that is not
// there. Reasons are few, but inputs may be made to give many; beyond 31 of them the others count
// together as "other".

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/read/record_fault.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct FaultCounts {
  std::uint64_t total = 0;
  std::uint64_t sources = 0;  // of the total: whole inputs, or the rest of one
  // By reason, most frequent first is for the reader to sort; at most 32 different reasons.
  std::vector<std::pair<std::string, std::uint64_t>> reasons;

  void add(const RecordFault& fault);
};

void describe(const FaultCounts& faults, ReportSection& section);

}  // namespace copydesk
