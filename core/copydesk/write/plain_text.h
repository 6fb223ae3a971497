#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text of a corpus in what is printed for people, and perhaps shown by a terminal: the one way
// there. append_plain_line makes of CRLF between "a" and "b" one space, and of ESC [31m the six
// visible characters \u001b and "[31m".

#include <string>
#include <string_view>

namespace copydesk {

// Appends text of a corpus to text for people, which may go to a terminal: as it is, but characters
// that would act on the display become escapes ("\u001b[31m" for a command in red), CRLF a line
// feed, and bytes that are no UTF-8 U+FFFD.
void append_plain_text(std::string& out, std::string_view text);

// The same on one line: line ends become spaces.
void append_plain_line(std::string& out, std::string_view text);

}  // namespace copydesk
