#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <string_view>
#include <vector>

#include "copydesk/blocks/line_list.h"

namespace copydesk {

inline std::vector<Line> lines_of(std::string_view text) {
  LineScanner scanner;
  std::vector<Line> lines;
  scanner.scan(text, lines);
  return lines;
}

}  // namespace copydesk
