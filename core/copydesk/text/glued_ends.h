#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Full stops with a letter or digit directly behind them. Few of them end a sentence.

#include <cstddef>
#include <string_view>

#include "copydesk/document.h"
#include "copydesk/text/abbreviations.h"

namespace copydesk {

// Where the sentence ends whose full stop stands at `at` of `segment`: behind the full stop in "It
// rained.They left.", behind the number of the note in "The court agreed.12 It gave no reasons."; 0
// if it is no end: "3.5", "example.com", "U.S". REQUIRES: `text` is valid UTF-8; text[at] is '.'
// and an ASCII letter or digit follows it inside the segment.
[[nodiscard]] std::size_t find_glued_end(std::string_view text, TextSpan segment, std::size_t at,
                                         const Abbreviations& abbreviations);

}  // namespace copydesk
