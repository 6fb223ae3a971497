#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Makes the plan of a search for near-duplicates, from the sizes of the inputs and a sample of
// their records.

#include "copydesk/run/run_plan.h"

namespace copydesk {

struct CorpusOptions;
struct ScanOptions;
class CorpusReader;

// Reads and sketches one batch at the beginning of up to three inputs, in passing a measurement of
// the speed to expect.
[[nodiscard]] RunPlan plan_run(const CorpusReader& reader, const CorpusOptions& corpus,
                               const ScanOptions& scan, double threshold);

}  // namespace copydesk
