#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What `--mask` needs before any other pass: to know the lines that belong to a site rather than to
// a page, its pages are counted once. Of a site with 300 pages, a line that stands on three of them
// is the site's.

#include <cstdint>

#include "copydesk/blocks/text_masker.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/run/checkpoint.h"

namespace copydesk {

// Lets `reader` mask what is to be masked in all passes from now on. Sites take a pass over the
// corpus, the stage "sites" of the checkpoint. What is counted takes `memory` bytes at most, the part
// "mask" of a command's plan; beyond that lines seen once are forgotten.
void learn_mask(CorpusReader& reader, const TextMaskOptions& mask, std::uint64_t memory,
                const Checkpoint& checkpoint);

}  // namespace copydesk
