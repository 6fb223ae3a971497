#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What all HTML pages of the library have in common: the one way by which text gets onto them, and
// a head whose content security policy lets nothing run and nothing load but what the page itself
// brings along. "<b>" gets there as "&lt;b&gt;".

#include <string>
#include <string_view>

namespace copydesk {

// Appends text of a corpus so that it can stand in an element or a quoted attribute: "<b>" becomes
// "&lt;b&gt;". Characters that would act on the display (see character.h), and bytes that are no
// UTF-8, become U+FFFD.
void append_page_text(std::string& out, std::string_view text);

// A style or a script and its SHA-256 digest in base64, by which the policy allows it. A test
// computes the digests again.
struct PagePart {
  std::string_view text;
  std::string_view digest;
};

// Everything up to and with <body>. `title` is ours, not the corpus's. The policy allows `style`
// and `script`; the script itself, if there is one, is the caller's to append at the end.
void append_page_head(std::string& out, std::string_view title, const PagePart& style,
                      const PagePart& script = {});

}  // namespace copydesk
