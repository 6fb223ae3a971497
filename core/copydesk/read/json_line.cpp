// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/json_line.h"

#include <cstddef>

#include "copydesk/byte_stretches.h"

namespace copydesk {

void JsonLine::append_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  const auto is_escaped = [](unsigned char c) { return (c < 0x20) | (c == '"') | (c == '\\'); };
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0;; ++i) {
    i = find_byte(text, i, is_escaped);
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    out.append(text, copied, i - copied);
    copied = i + 1;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += text[i];
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  out.append(text, copied);
  out += '"';
}

void JsonLine::begin(std::string_view name) {
  if (!first_) out_ += ',';
  first_ = false;
  append_string(out_, name);
  out_ += ':';
}

JsonLine& JsonLine::add(std::string_view name, std::string_view value) {
  begin(name);
  append_string(out_, value);
  return *this;
}

JsonLine& JsonLine::add_if_any(std::string_view name, std::string_view value) {
  return name.empty() || value.empty() ? *this : add(name, value);
}

JsonLine& JsonLine::add_json(std::string_view name, std::string_view json) {
  begin(name);
  out_.append(json);
  return *this;
}

}  // namespace copydesk
