// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/markdown_text.h"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>

#include "copydesk/ascii.h"
#include "copydesk/write/page/page.h"
#include "copydesk/write/plain_text.h"

namespace copydesk {

namespace {

// A backslash before a sign of ASCII makes it stand for itself, wherever it is (CommonMark 2.4).
bool is_markup(char c) {
  return std::string_view("\\`*_[]<>&#|~$").find(c) != std::string_view::npos;
}

void append_escaped(std::string& out, std::string_view text) {
  bool opens_line = true;  // nothing but spaces and digits before
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool opens_list = c == '-' || c == '+' || c == '=';
    const bool ends_number = (c == '.' || c == ')') && i > 0 && is_ascii_digit(text[i - 1]);
    // What is indented by four spaces would be code.
    if (opens_line && (c == ' ' || c == '\t')) continue;
    if (is_markup(c) || (opens_line && (opens_list || ends_number))) out += '\\';
    out += c;
    opens_line = c == '\n' || (opens_line && is_ascii_digit(c));
  }
}

}  // namespace

void append_markdown_text(std::string& out, std::string_view text) {
  std::string plain;
  append_plain_text(plain, text);
  append_escaped(out, plain);
}

void append_markdown_line(std::string& out, std::string_view text) {
  std::string plain;
  append_plain_line(plain, text);
  append_escaped(out, plain);
}

void append_markdown_link(std::string& out, std::string_view address, std::string_view text) {
  if (!is_web_address(address)) {
    append_markdown_line(out, text);
    return;
  }
  out += '[';
  append_markdown_line(out, text);
  out += "](<";
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_safe = byte > 0x20 && byte < 0x7F && c != '<' && c != '>' && c != '\\';
    if (is_safe) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", byte);
    }
  }
  out += ">)";
}

}  // namespace copydesk
