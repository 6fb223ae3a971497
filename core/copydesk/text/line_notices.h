#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Notices: lines with a sign of copyright or with an address. "\u00A9 The Courier", "Write to
// desk@courier.example", "(c) 2021".

#include <string_view>

namespace copydesk {

// Which signs of notices a text may have; most have none.
struct NoticeSigns {
  bool mail = false, copyright = false, address = false;
  [[nodiscard]] bool any() const { return mail || copyright || address; }
};

// Never misses a sign; may see one where is_notice() sees none.
[[nodiscard]] NoticeSigns find_notice_signs(std::string_view text);

// `signs` are those of the text the line is from.
[[nodiscard]] bool is_notice(std::string_view line, const NoticeSigns& signs);

}  // namespace copydesk
