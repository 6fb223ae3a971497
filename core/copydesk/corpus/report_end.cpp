// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/report_end.h"

#include "copydesk/corpus/fault_counts.h"
#include "copydesk/kernels/target.h"

namespace copydesk {

void end_report(const CorpusReader& reader, StageClock& clock, RunReport& report) {
  describe(reader.faults(), report.faults);
  report.stages = clock.finish();
  report.wall_seconds = clock.wall_seconds();
  report.peak_bytes = peak_memory_bytes();
  report.simd = simd_target();
}

}  // namespace copydesk
