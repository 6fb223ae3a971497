#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Whether a text makes use of capitals at all. Where it does, a small letter behind a full stop
// speaks against the end of a sentence; in "it rained. we stayed in." it says nothing.

#include <string_view>

#include "copydesk/text/text_marks.h"

namespace copydesk {

// Whether the sentences of a text begin in small letters, as chats and transcripts write them: "it
// rained. we stayed in." Looked at are its first letter and those behind its first full stops,
// question and exclamation marks; one capital among ten small ones changes nothing. False for
// scripts without case, and where there is nothing to look at.
// REQUIRES: `text` is valid UTF-8, `marks` are its marks.
[[nodiscard]] bool lacks_capitals(std::string_view text, const TextMarks& marks);

}  // namespace copydesk
