#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Edits that leave words alone and change which of them are printed, and in which order.

#include <cstddef>
#include <string_view>

#include "generate/random.h"
#include "generate/story.h"

namespace copydesk::datasets {

// Another headline; the body stays to the byte.
[[nodiscard]] Story change_headline(const Story& story, std::string_view headline);

// The beginning of the body, cut behind the sentence whose end is nearest to `share` of its bytes
// (behind the nearest word where a text has no such sentence end). REQUIRES: 0 < share < 1.
[[nodiscard]] Story trim_tail(const Story& story, double share);

// Headline and the first `count` paragraphs.
[[nodiscard]] Story keep_first_paragraphs(const Story& story, std::size_t count);

// The paragraphs behind the first in another order. A story of fewer than three is unchanged.
[[nodiscard]] Story reorder_paragraphs(const Story& story, Random& random);

}  // namespace copydesk::datasets
