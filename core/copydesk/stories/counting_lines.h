#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Lines that say the same of different numbers, as a page has them under every comment: "87 points
// Reply", "3 replies, 12 likes". No text, wherever they stand.

#include <string_view>

#include "copydesk/text/line_shape.h"

namespace copydesk {

// Makes notices of such lines: open, of two to six words without a number and one with a number,
// and three and more in the page that are equal but for their digits, not two of them in a row.
// REQUIRES: `shaped` is of `text`, as LineShaper leaves it. Time is linear in the text, but for
// sorting such lines.
void mark_counting_lines(std::string_view text, ShapedText& shaped);

}  // namespace copydesk
