#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Numbers of notes that stand elsewhere: "[1]", "[2, 5]", "[12-14]". A sentence that is read on its
// own is better without them. Brackets that may say something stay: "argv[1]", "chapter [3] of",
// "[sic]".
//
// Example:
//   std::string out;
//   append_without_note_numbers(out, "It is 86 metres long.[1]");
//   assert(out == "It is 86 metres long.");

#include <string>
#include <string_view>

namespace copydesk {

// Appends the sentence without the marks at its beginning, behind punctuation, and between a space
// and the punctuation that ends a clause; as it is if nothing else were left. REQUIRES: valid
// UTF-8.
void append_without_note_numbers(std::string& out, std::string_view sentence);

}  // namespace copydesk
