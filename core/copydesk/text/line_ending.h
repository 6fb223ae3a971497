#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How a line ends: whether in the sign of a sentence's end, and whether in the credit of a picture.
// "Nobody was hurt." is closed; "The mill burns. (Photo: Bob Lee)" and "The mill burns on Friday.
// AP Photo/Joe Doe" bear credits; "Fire destroys mill (Opinion)" is open and bears none.

#include <cstdint>
#include <string_view>

namespace copydesk {

struct LineEnding {
  bool is_closed = false;
  bool has_credit = false;
  bool is_question = false;  // the last sign is ? or !, or an ellipsis
};

// REQUIRES: `line` is valid UTF-8 without white space at either end. Reference marks behind a
// sentence, as "[1]", do not count.
[[nodiscard]] LineEnding find_line_ending(std::string_view line);

// Whether the line goes on, as the one before a list does, a greeting, or code: "Dear neighbors,".
// Such a line is no headline. REQUIRES: as above, and the line is not empty.
[[nodiscard]] bool goes_on(std::string_view line);

struct LineBeginning {
  bool is_speech = false;    // a quotation mark or the dash of speech
  bool is_numbered = false;  // "3.", "4.2", "7)", "\u00A7"
};
[[nodiscard]] LineBeginning find_line_beginning(std::string_view line);

// Of a short line: a time of day, a year with another number and few words; how its letters are
// written.
struct ShortLineLook {
  bool is_dated = false;
  bool is_all_capital = false;  // has cased letters, and every word begins with no small one
};

// `closed` is that of the line's ending. REQUIRES: as above. Time is linear in the line.
[[nodiscard]] ShortLineLook look_at_short_line(std::string_view line, bool closed);

// The second of the two. REQUIRES: the line is of ASCII, and without a digit; then it has no date.
// Looks no further than at the first word that begins small.
[[nodiscard]] bool is_capital_throughout(std::string_view line);

// Whether the line is a rule between parts of a text: signs only, three and more of the same or
// spaced, or "-30-" and its like. The line has no letter. "***", "* * *", "---", "# # #".
[[nodiscard]] bool is_rule_of_signs(std::string_view line);

}  // namespace copydesk
