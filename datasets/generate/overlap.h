#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How alike two texts really are, so that the truth can say which planted pairs a threshold ought
// to find. Slow and plain: this is the figure the fast code is judged by.

#include <string_view>

namespace copydesk::datasets {

// Jaccard similarity of the sets of runs of five words, small letters; ideographs count as words. A
// text of fewer words has its whole sequence of words as one run. 1 for two texts without words.
[[nodiscard]] double word_jaccard(std::string_view a, std::string_view b);

}  // namespace copydesk::datasets
