#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

namespace copydesk {

inline constexpr std::uint32_t kNoLine = 0xFFFFFFFFu;

// Stories tile the lines of a page, and its lines of prose.
struct Story {
  std::uint32_t begin_line = 0, end_line = 0;    // of ShapedText::lines
  std::uint32_t begin_prose = 0, end_prose = 0;  // of StorySplitter::prose()
  std::uint32_t title_line = kNoLine;
};

}  // namespace copydesk
