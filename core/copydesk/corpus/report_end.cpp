// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/report_end.h"

#include "copydesk/corpus/fault_counts.h"
#include "copydesk/kernels/target.h"

namespace copydesk {

void end_report(const CorpusReader& reader, StageClock& clock, RunReport& report) {
  describe(reader.faults(), report.faults);
  const FilesLeftOut& left_out = reader.left_out();
  report.side_files = left_out.side_files;
  if (left_out.side_files > 0) report.counts.add("side_files_left_out", left_out.side_files);
  if (left_out.excluded > 0) report.counts.add("files_excluded", left_out.excluded);
  report.stages = clock.finish();
  report.wall_seconds = clock.wall_seconds();
  report.peak_bytes = peak_memory_bytes();
  report.simd = simd_target();
}

}  // namespace copydesk
