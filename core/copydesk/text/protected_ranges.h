#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Parts of a text that belong together although full stops stand in them: quotations, parentheses,
// titles of books. In `He said "No. Never." and left.` the range is [9, 20), from the N to behind
// the closing mark. An opening mark that is never closed opens nothing.

#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

// The parts of `segment` inside which no sentence ends: titles in 《》 always; quotations and
// parentheses that are closed within the segment if `with_quotations`. Replaces the contents of
// `ranges` by the outermost ones, in order, from behind the opening mark to behind the closing one.
void find_protected_ranges(std::string_view text, TextSpan segment, bool with_quotations,
                           std::vector<TextSpan>& ranges);

}  // namespace copydesk
