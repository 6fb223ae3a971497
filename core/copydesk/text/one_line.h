#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A stretch of text that stood in several lines, as one.
//   append_on_one_line(out, "The keeper\n   lit the lamp.");  // "The keeper lit the lamp."

#include <string>
#include <string_view>

namespace copydesk {

// Appends `text`. A line end, with the white space around it, becomes a space; between two
// characters of Chinese or Japanese, which are written without spaces, nothing. What else there is
// of white space stays. REQUIRES: `text` is valid UTF-8. Safe to call from several threads.
void append_on_one_line(std::string& out, std::string_view text);

}  // namespace copydesk
