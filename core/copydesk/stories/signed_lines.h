#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Lines signed by an agency, by which several stories of wire copy in one page are told apart: "...
// the company said. Reuter" ends a story as "-30-" does, where the page's text ends so, too.

#include <string_view>

#include "copydesk/text/line_shape.h"

namespace copydesk {

// Makes signed lines prose, which they are not by their shape, and sets kAfterRule on those behind
// them. REQUIRES: `shaped` is of `text`, as LineShaper leaves it. Time is linear in the text.
void mark_signed_lines(std::string_view text, ShapedText& shaped);

}  // namespace copydesk
