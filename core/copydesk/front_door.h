#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From what callers of the front door say to what commands take.

#include <vector>

#include "copydesk/copydesk.h"
#include "copydesk/run/corpus_options.h"

namespace copydesk {

[[nodiscard]] CorpusOptions corpus_options(const Documents& documents, const RunSettings& run);
// Faults are appended to `rejected`, which must outlive the run.
[[nodiscard]] RunControl run_control(const RunSettings& run, std::vector<RejectedRecord>& rejected);

}  // namespace copydesk
