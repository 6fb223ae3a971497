#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text of a corpus in Markdown: the one way there. "*Rain* <b>" becomes "\*Rain\* \<b\>": nothing in it
// becomes markup, and nothing acts on whoever shows it.

#include <string>
#include <string_view>

namespace copydesk {

// Line ends stay; what would open a heading, a list or a quotation at the beginning of a line does not.
void append_markdown_text(std::string& out, std::string_view text);
// The same on one line: line ends become spaces.
void append_markdown_line(std::string& out, std::string_view text);
// [text](<address>) where the address is one of http or https, the text alone else.
void append_markdown_link(std::string& out, std::string_view address, std::string_view text);

}  // namespace copydesk
