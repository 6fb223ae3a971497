#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Lists that were written into one line, as converters of web pages leave them. Each item is a
// sentence of its own: the second one of "1.) Milk 2.) Bread" begins at byte 9. Only the marker
// that comes next counts, so "1.) Milk 7.) Bread" is one item.

#include <cstddef>
#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

// Where the second, third, ... item of a list begins that was written into one line: "1.) Milk 2.)
// Bread", "a. Milk b. Bread", "• Milk • Bread". The line has to begin with its first marker.
// Replaces the contents of `items`.
void find_list_items(std::string_view text, TextSpan line, std::vector<std::size_t>& items);

}  // namespace copydesk
