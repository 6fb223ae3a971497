#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Texts without the white space around them, and in the pieces between it; ASCII white space alone.
// for_each_piece(" one  two ", take) hands over "one" and "two".

#include <cstddef>
#include <string_view>

#include "copydesk/text/character_tables.h"

namespace copydesk {

[[nodiscard]] constexpr std::string_view without_space(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  return text;
}

// Calls `take` with the pieces between white space; stops when it says no.
template <class Take>
void for_each_piece(std::string_view text, Take&& take) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && is_ascii_space(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_ascii_space(text[at])) ++at;
    if (at > begin && !take(text.substr(begin, at - begin))) return;
  }
}

}  // namespace copydesk
