#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The last pass of `dedup --html`: reads once more the texts of the pairs that the page shows, some
// forty, each up to 64 kB. Which pairs these are depends on the decisions alone, so the page has the same
// bytes for any number of threads and after --resume.

#include "copydesk/pipeline/dedup/decisions.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/near_duplicate_run.h"
#include "copydesk/stream/byte_sink.h"

namespace copydesk {

// Writes the page. Throws Cancelled, and what later_pass and `sink` throw.
void write_dedup_page(ByteSink& sink, const DedupOptions& options, NearDuplicateRun& run,
                      const DedupVerdict& verdict);

}  // namespace copydesk
