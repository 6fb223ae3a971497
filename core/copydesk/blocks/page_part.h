#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How much of a text is looked at as a page. What is kept of a line takes a hundred bytes, so of
// what no page is the beginning counts as the page: its first 250,000 lines, and of those the ones
// that end within the first 16 MiB. What is behind belongs to no block of the page or its site: of
// ten million lines "a", 9,750,000 stay.

#include <cstddef>
#include <string_view>

namespace copydesk {

inline constexpr std::size_t kMostPageLines = 250'000;
inline constexpr std::size_t kMostPageBytes = std::size_t{16} << 20;

// That beginning; all of the text unless it is longer. Time is linear in it.
[[nodiscard]] std::string_view page_part(std::string_view text);

// The same for who looks at all of a text, part by part: one without a line feed in `most_bytes` is
// parted behind white space or, where it has none either, behind a character. Never empty, unless
// the text is. REQUIRES: most_bytes >= 4; `text` is valid UTF-8.
[[nodiscard]] std::string_view first_part(std::string_view text,
                                          std::size_t most_bytes = kMostPageBytes);

}  // namespace copydesk
