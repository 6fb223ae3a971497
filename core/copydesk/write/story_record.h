#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What of the text of a story that was cut out of a page is its body, said in its record, so that
// who summarizes the story need not find that again without the page around it. The field is the
// record's last: {"id":"p","story":2,...,"text":"...","copydesk_body":[[31,120],[140,900]]}.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

inline constexpr std::string_view kBodyField = "copydesk_body";

// Appends a comma, the field and its value. `parts` are ascending and disjoint; an empty one
// stands for a line feed.
void append_body_field(std::string& out, std::span<const TextSpan> parts);

// Replaces `parts` by those that `record` names. False, and nothing in `parts`, if the field is not
// the record's last or names what is no part of `text`: then the record was changed since.
bool read_body_field(std::string_view record, std::string_view text, std::vector<TextSpan>& parts);

}  // namespace copydesk
