#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Marks that point from a sentence to a note and stand behind its full stop: "[1]", "[note 4]",
// "[citation needed]", "[3]:12", superscript digits, daggers, asterisks (those of Markdown, too).
// In "fell.[1][2] It" they stand from 5 to 11, and the next sentence begins behind them.

#include <cstddef>
#include <string_view>

namespace copydesk {

// The end of those that begin at `at`; `at` if there are none. REQUIRES: `text` is valid UTF-8, at
// <= end <= text.size().
[[nodiscard]] std::size_t skip_reference_marks(std::string_view text, std::size_t at,
                                               std::size_t end);

// Where those begin that end at `end`; `end` if there are none.
[[nodiscard]] std::size_t before_reference_marks(std::string_view text, std::size_t begin,
                                                 std::size_t end);

}  // namespace copydesk
