#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Ends of sentences in Thai and Lao, which write a space where other scripts write a full stop, but
// write one between clauses, too. What is found is a guess: a space ends a sentence that has 55
// characters or more (one of Thai news has about 80), unless a conjunction stands on either side.

#include <cstddef>
#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

// Where sentences begin that no mark separates from the one before, in Thai and Lao: behind a
// space, once the sentence so far is long enough to be one, unless a conjunction stands on either
// side. Appends the positions to `begins`, in order; the first sentence of `segment` is not among
// them. REQUIRES: `text` is valid UTF-8.
void find_unmarked_ends(std::string_view text, TextSpan segment, std::vector<std::size_t>& begins);

// Whether a text has a character of these scripts.
[[nodiscard]] bool may_lack_marks(std::string_view text);

}  // namespace copydesk
