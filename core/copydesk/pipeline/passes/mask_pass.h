#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <optional>

#include "copydesk/blocks/text_masker.h"
#include "copydesk/corpus/corpus_reader.h"

namespace copydesk {

// What is to be masked, or nothing. Sites take a pass over the corpus, after which `reader` stands
// at its beginning again. `is_first_pass`: faults are counted and handed on, and it becomes false.
[[nodiscard]] std::optional<TextMask> learn_mask(CorpusReader& reader, const CorpusOptions& options,
                                                 const TextMaskOptions& mask, bool& is_first_pass,
                                                 const RunControl& control);

}  // namespace copydesk
