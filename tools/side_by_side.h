#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A passage as it stands in two texts, for a terminal: two columns, equal words in the same row,
// what differs in brackets.

#include <cstddef>
#include <string>
#include <string_view>

#include "copydesk/pipeline/compare/compare.h"

namespace copydesk::tools {

struct ColumnLayout {
  std::size_t width = 100;  // of a whole row, in cells of the terminal; at least 24
  // Rows of equal words beyond this many in succession are left out but for the first and last two.
  std::size_t most_equal_rows = 6;
};

// Appends rows, each with its newline.
void append_side_by_side(std::string& out, const ComparedPassage& passage, std::string_view text_a,
                         std::string_view text_b, const ColumnLayout& layout);

}  // namespace copydesk::tools
