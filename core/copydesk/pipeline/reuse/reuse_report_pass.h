#pragma once
// SPDX-License-Identifier: Apache-2.0

#include "copydesk/pipeline/reuse/story_families.h"
#include "copydesk/stream/byte_sink.h"

namespace copydesk {

// Writes the HTML report: reads once more the texts of as many families as it can show, largest
// first. Families beyond that are listed without texts.
void write_reuse_report(ByteSink& sink, CorpusReader& reader, const FingerprintedCorpus& corpus,
                        const StoryFamilies& families, const PassageOptions& passages);

}  // namespace copydesk
