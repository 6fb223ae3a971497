#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Parts of a page that are told apart from its stories and are none themselves: a notice about
// cookies, a form to subscribe, what the site is about, a list of other pages with a line about
// each.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/stories/prose_windows.h"
#include "copydesk/stories/story.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

// Marks the stories that are none; never the one with the most words of prose. `prose` are the
// lines of prose of the page, `stories` its parts by it. Time is linear in the lines.
void find_side_matter(std::string_view text, const ShapedText& shaped,
                      std::span<const ProseLine> prose, std::span<const Story> stories,
                      std::vector<std::uint8_t>& is_side);

}  // namespace copydesk
