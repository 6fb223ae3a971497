#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Edits that a reader hardly sees: another form of the same words. A deduplicator that normalizes
// well finds all of these as exact copies.

#include "generate/random.h"
#include "generate/story.h"

namespace copydesk::datasets {

// Lower case, capitals, or a headline in either. No effect on scripts without case.
[[nodiscard]] Story change_case(const Story& story, Random& random);

// Commas dropped or doubled marks, other dashes; full-width marks to ASCII and ASCII to none.
[[nodiscard]] Story change_punctuation(const Story& story, Random& random);

// Straight quotes to curly, low, angle or corner ones, and those to straight ones.
[[nodiscard]] Story change_quotes(const Story& story, Random& random);

// Hard line breaks, indents, doubled and no-break spaces; paragraphs a single line feed apart.
[[nodiscard]] Story change_white_space(const Story& story, Random& random);

// Decomposed letters (NFD), ligatures and full-width digits, or soft hyphens inside words.
[[nodiscard]] Story change_unicode_form(const Story& story, Random& random);

}  // namespace copydesk::datasets
