// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/report_end.h"

#include "copydesk/corpus/fault_counts.h"
#include "copydesk/kernels/target.h"

namespace copydesk {

void end_report(const CorpusReader& reader, const OutputSet& outputs, StageClock& clock,
                RunReport& report) {
  const CorpusOptions& options = reader.options();
  if (options.documents == nullptr) {
    report.inputs = options.inputs;
    report.old_inputs = options.old_inputs;
    report.reading.add("format", to_string(options.format));
    report.reading.add("main_text", options.reading.conversion.all_text ? "all" : "main");
    const std::string& encoding = options.reading.conversion.encoding;
    if (!encoding.empty()) report.reading.add("encoding", std::string_view(encoding));
    report.reading.add("text_field", std::string_view(options.fields.text));
    report.reading.add("id_field", std::string_view(options.fields.id));
  }
  outputs.describe(report.outputs);
  describe(reader.faults(), report.faults);
  const FilesLeftOut& left_out = reader.left_out();
  report.side_files = left_out.side_files;
  if (left_out.side_files > 0) report.counts.add("side_files_left_out", left_out.side_files);
  if (left_out.excluded > 0) report.counts.add("files_excluded", left_out.excluded);
  if (!options.reading.conversion.encoding.empty()) {
    report.counts.add("lines_not_in_utf8", reader.recoded_lines());
  }
  report.stages = clock.finish();
  report.wall_seconds = clock.wall_seconds();
  report.peak_bytes = peak_memory_bytes();
  report.simd = simd_target();
}

}  // namespace copydesk
