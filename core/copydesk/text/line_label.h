#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The label a line begins with: "Price" of "Price: 89 EUR", "MS. DELANEY" of "MS. DELANEY: It was
// not.", "\u8BB0\u8005" of "\u8BB0\u8005\uFF1A...". Values of a record, speakers of a transcript
// and fields of mail are written so.

#include <cstddef>
#include <string_view>

namespace copydesk {

inline constexpr std::size_t kMostBytesOfLabel = 40;

struct LineLabel {
  std::string_view name;  // empty if the line begins with no label
  std::size_t end = 0;    // where what is behind the label begins
};

// Up to `most_words` words of at most kMostBytesOfLabel bytes in front of a colon that white space
// or nothing follows, or, where the first letter is none of ASCII, in front of a full-width one.
// REQUIRES: `line` is valid UTF-8 without white space in front.
[[nodiscard]] LineLabel find_line_label(std::string_view line, std::size_t most_words);

}  // namespace copydesk
