#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The judged pairs of a run in its checkpoint: finding and aligning them is what a search for reuse
// takes its time for (of 222 law codes, 14 minutes of 15).

#include "copydesk/pipeline/reuse/pair_judging.h"
#include "copydesk/pipeline/reuse/reuse_search.h"
#include "copydesk/run/checkpoint.h"

namespace copydesk {

void write_judged(const JudgedPairs& judged, StageWriter& stage);

// Fills `judged`, which is empty. Throws Error{kCorruptFile} if what is there is complete and does
// not fit the texts of `collected`.
void read_judged(StageReader& stage, const CollectedTexts& collected, JudgedPairs& judged);

}  // namespace copydesk
