// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/page_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <iterator>

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

void append_page_head(std::string& out, std::string_view title, const PagePart& style,
                      const PagePart& script) {
  const std::string scripts =
      script.digest.empty() ? std::string()
                            : fmt::format("script-src 'sha256-{}'; ", script.digest);
  fmt::format_to(std::back_inserter(out),
                 "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'sha256-{}'; {}base-uri 'none'; form-action 'none'\">"
                 "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" "
                 "content=\"no-referrer\"><title>{}</title><style>{}</style></head><body>\n",
                 style.digest, scripts, title, style.text);
}

}  // namespace copydesk
