#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text whose lines repeat by their nature: tables, lists, code, verse. A repeated line among its
// like is content and must survive, however short it is.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/blocks/line_list.h"

namespace copydesk {

// Whether line `at` stands in such a text, judged by itself and the three lines on either side of
// it that are not its copies and not among `skipped`, which may be empty. REQUIRES: at <
// lines.size(), `lines` are those of `text`.
[[nodiscard]] bool is_structured_line(std::string_view text, std::span<const Line> lines,
                                      const std::vector<bool>& skipped, std::size_t at);

}  // namespace copydesk
