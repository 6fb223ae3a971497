#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text and shares as they stand in all JSON that is written. What would act on a terminal is
// escaped there, too: ESC [31m becomes \u001b[31m. 2/3 becomes 0.666667, and 1.0 becomes 1.

#include <string>
#include <string_view>

namespace copydesk {

// Appends `text` as a JSON string with its quotes. Control characters and the few that are unsafe on
// a terminal (DEL, C1, bidirectional overrides) are escaped; other UTF-8 is written as it is. Bytes
// that are not valid UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

// Appends ,"name":"value" to an object that has a member already; nothing if the value is empty.
// REQUIRES: nothing in `name` is to be escaped.
void append_json_field(std::string& out, std::string_view name, std::string_view value);

// Appends a share or similarity in the shortest form that reads back the same after rounding to six
// decimals: 0.8, 0.912345, 1.
void append_json_share(std::string& out, double value);

}  // namespace copydesk
