#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a run took, for its report: memory at its highest, and the time of each stage, by the clock
// and by the processor. After begin("sketch"), begin("join") and finish() there are two times; on
// two busy threads the processor time of a stage is twice its wall time.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/write/run_report.h"

namespace copydesk {

// Resident memory of this process at its highest so far, in bytes.
[[nodiscard]] std::uint64_t peak_memory_bytes();

// Gives memory that was freed back to the system, which allocators keep for later: between a stage
// that needs much and one that needs other things much. Does nothing where the allocator has no
// such call.
void return_free_memory();

// Measures the stages of a run one after the other.
class StageClock {
 public:
  StageClock();
  // Ends the current stage, if any, and begins the next.
  void begin(std::string stage);
  // Ends the current stage and gives the times of all.
  [[nodiscard]] std::vector<StageTime> finish();
  [[nodiscard]] double wall_seconds() const;

 private:
  void end_stage();

  std::chrono::steady_clock::time_point start_, stage_start_;
  double stage_cpu_start_ = 0.0;
  std::string stage_;
  std::vector<StageTime> times_;
};

}  // namespace copydesk
