#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Notices: lines with a sign of copyright or with an address. "\u00A9 The Courier", "Write to
// desk@courier.example", "(c) 2021".

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/kernels/page_signs.h"

namespace copydesk {

// Where in a text signs of notices may stand, by stretches of 256 bytes; most texts have none, and
// most stretches of the others. Reuses its buffer.
class NoticeSigns {
 public:
  // Never misses a sign; may see one where is_notice() sees none.
  void find(std::string_view text);

  [[nodiscard]] bool any() const { return any_; }
  // Whether a line ends otherwise than at a line feed (line_break.h).
  [[nodiscard]] bool has_other_breaks() const { return has_other_breaks_; }
  // A set of PageSign: those that may begin in the span.
  [[nodiscard]] unsigned in(TextSpan span) const;

 private:
  std::vector<std::uint8_t> stretches_;
  bool any_ = false, has_other_breaks_ = false;
};

// `signs` are those that may begin in the line.
[[nodiscard]] bool is_notice(std::string_view line, unsigned signs);

}  // namespace copydesk
