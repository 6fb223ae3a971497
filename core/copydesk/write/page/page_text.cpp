// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/page/page_text.h"

#include <cstddef>
#include <cstdint>

#include "copydesk/write/character.h"

namespace copydesk {

void append_page_text(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t code = 0;
    const std::size_t size = character_at(text, at, code);
    if (size == 0 || acts_on_display(code)) {
      out += "\uFFFD";
      at += size == 0 ? 1 : size;
      continue;
    }
    switch (code) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.append(text, at, size);
    }
    at += size;
  }
}

}  // namespace copydesk
