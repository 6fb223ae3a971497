#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The one way by which text of a corpus gets onto an HTML page: "<b>" gets there as "&lt;b&gt;".

#include <string>
#include <string_view>

namespace copydesk {

// Appends text of a corpus so that it can stand in an element or a quoted attribute: "<b>" becomes
// "&lt;b&gt;". Characters that would act on the display (see character.h), and bytes that are no
// UTF-8, become U+FFFD.
void append_page_text(std::string& out, std::string_view text);

}  // namespace copydesk
