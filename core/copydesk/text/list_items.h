#pragma once
// SPDX-License-Identifier: Apache-2.0

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
