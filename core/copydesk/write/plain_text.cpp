// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/plain_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "copydesk/write/character.h"

namespace copydesk {

namespace {

void append(std::string& out, std::string_view text, char line_end) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t code = 0;
    const std::size_t size = character_at(text, at, code);
    if (size == 0) {
      out += "\xEF\xBF\xBD";
      ++at;
      continue;
    }
    const bool is_crlf = code == '\r' && text.substr(at, 2) == "\r\n";
    if (code == '\n' || (code == '\r' && line_end != '\n' && !is_crlf)) {
      out += line_end;
    } else if (acts_on_display(code)) {
      if (!is_crlf) fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
    } else {
      out.append(text, at, size);
    }
    at += size;
  }
}

}  // namespace

void append_plain_text(std::string& out, std::string_view text) { append(out, text, '\n'); }

void append_plain_line(std::string& out, std::string_view text) { append(out, text, ' '); }

}  // namespace copydesk
