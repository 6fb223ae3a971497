#pragma once
// SPDX-License-Identifier: Apache-2.0

#include "copydesk/blocks/text_masker.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/run/checkpoint.h"

namespace copydesk {

// Lets `reader` mask what is to be masked in all passes from now on. Sites take a pass over the
// corpus, the stage "sites" of the checkpoint: of 300 pages of a site, a line on three of them is
// the site's.
void learn_mask(CorpusReader& reader, const TextMaskOptions& mask, const Checkpoint& checkpoint);

}  // namespace copydesk
