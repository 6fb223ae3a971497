#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How much of a text is ranked. What is kept of a sentence takes some hundred bytes, so a text that
// is nothing but one-letter lines would cost a hundred times what it has. Beyond the limits below,
// which no article, report or novel reaches, an abstract is of the beginning of its text: of a text
// of ten million lines "a", of the first 250,000.

#include <cstddef>
#include <string_view>

namespace copydesk {

inline constexpr std::size_t kMostRankedBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMostRankedSentences = 250'000;

// The length of the longest beginning of `text` that is ranked: all of it, or up to the end of a
// sentence within the limits; where a text has none, up to white space or the end of a character.
// Line ends and sentence terminators are counted, of several in a row one. Time is linear in
// the bytes that are ranked; texts of up to 2 * kMostRankedSentences bytes are not looked at.
// REQUIRES: `text` is valid UTF-8.
[[nodiscard]] std::size_t ranked_size(std::string_view text);

// The length of the longest beginning of `text` of at most `bytes` bytes that ends behind a line
// end or sentence terminator with white space, or else at white space, or else behind a character:
// 12 of "He came. She went." for 15. REQUIRES: `text` is valid UTF-8.
[[nodiscard]] std::size_t leading_size(std::string_view text, std::size_t bytes);

}  // namespace copydesk
