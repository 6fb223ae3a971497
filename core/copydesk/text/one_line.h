#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A stretch of text that stood in several lines, as one.
//   append_on_one_line(out, "The keeper\n   lit the lamp.");  // "The keeper lit the lamp."

#include <string>
#include <string_view>

namespace copydesk {

// What a hyphen at the end of a line is, in front of a small letter: of a compound that is written
// with it, "safety-" over "valve", or of a word that was divided there, "re-" over "port".
enum class LineHyphens { kOfCompounds, kOfWords };

// Of words in a text whose lines end so three times and one in 16 of them: columns of print, as OCR
// reads them. Texts that a program wrapped are divided at hyphens that are there. REQUIRES: `text`
// is valid UTF-8.
[[nodiscard]] LineHyphens find_line_hyphens(std::string_view text);

// Appends `text`. A line end, with the white space around it, becomes a space; between two
// characters of Chinese or Japanese, which are written without spaces, nothing, and nothing behind
// a hyphen at the end of a line, which goes as well if it is of words, or soft. What else there is
// of white space stays. REQUIRES: `text` is valid UTF-8. Safe to call from several threads.
void append_on_one_line(std::string& out, std::string_view text,
                        LineHyphens hyphens = LineHyphens::kOfCompounds);

}  // namespace copydesk
