#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The last pass of `reuse --html`: reads once more the texts that the report shows side by side,
// the fullest version of a family beside up to six others. The table has the
// 20,000 largest families; of these the largest are shown with their versions and texts, up to 12 MiB,
// which a browser opens within a second or two.

#include "copydesk/pipeline/reuse/story_families.h"
#include "copydesk/stream/byte_sink.h"

namespace copydesk {

// Writes the report. Throws Cancelled, and what later_pass and `sink` throw.
void write_reuse_report(ByteSink& sink, CorpusReader& reader, const FingerprintedCorpus& corpus,
                        const CollectedTexts& collected, const StoryFamilies& families,
                        const PassageOptions& passages);

}  // namespace copydesk
