#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <string_view>

namespace copydesk {

// Appends corpus text to an HTML page: markup characters are escaped, control characters left out.
void append_page_text(std::string& out, std::string_view text);

}  // namespace copydesk
