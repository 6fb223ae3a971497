#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the reports of all commands end with.

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

// Ends the clock's last stage and adds inputs, outputs, faults, times, memory and instruction set, as in "stages":
// {"read": {"wall_seconds": 1.1, ...}}, "wall_seconds": 1.2, "peak_memory_bytes": 84000000.
void end_report(const CorpusReader& reader, const OutputSet& outputs, StageClock& clock,
                RunReport& report);

}  // namespace copydesk
