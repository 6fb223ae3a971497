// SPDX-License-Identifier: Apache-2.0
#include "generate/json_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace copydesk::datasets {
namespace {

// Whether any of eight bytes needs an escape: below 0x20, a quote or a backslash. The zero-byte
// test of Mycroft may flag a byte above a true hit, never miss one; a false alarm costs a byte
// loop.
bool has_special(std::uint64_t bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  const auto has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHigh; };
  const std::uint64_t control = (bytes - kOnes * 0x20) & ~bytes & kHigh;
  return (control | has_zero(bytes ^ (kOnes * '"')) | has_zero(bytes ^ (kOnes * '\\'))) != 0;
}

void append_escape(std::string& line, char c) {
  switch (c) {
    case '"':
      line += "\\\"";
      return;
    case '\\':
      line += "\\\\";
      return;
    case '\n':
      line += "\\n";
      return;
    case '\r':
      line += "\\r";
      return;
    case '\t':
      line += "\\t";
      return;
    default:
      fmt::format_to(std::back_inserter(line), "\\u{:04x}", static_cast<unsigned>(c));
  }
}

}  // namespace

void append_escaped(std::string& line, std::string_view text) {
  std::size_t done = 0;
  std::size_t position = 0;
  while (position < text.size()) {
    if (position + 8 <= text.size()) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + position, sizeof bytes);
      if (!has_special(bytes)) {
        position += 8;
        continue;
      }
    }
    const std::size_t end = std::min(position + 8, text.size());
    for (; position < end; ++position) {
      const char c = text[position];
      if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
      line.append(text, done, position - done);
      append_escape(line, c);
      done = position + 1;
    }
  }
  line.append(text, done, text.size() - done);
}

void JsonLine::key(std::string_view name) {
  buffer_ += buffer_.size() == start_ ? "{\"" : ",\"";
  buffer_ += name;
  buffer_ += "\":";
}

JsonLine& JsonLine::add(std::string_view name, std::string_view value) {
  key(name);
  buffer_ += '"';
  append_escaped(buffer_, value);
  buffer_ += '"';
  return *this;
}

JsonLine& JsonLine::add(std::string_view name, std::uint64_t value) {
  key(name);
  const fmt::format_int digits(value);
  buffer_.append(digits.data(), digits.size());
  return *this;
}

JsonLine& JsonLine::add_ratio(std::string_view name, double value) {
  key(name);
  fmt::format_to(std::back_inserter(buffer_), "{:.4f}", value);
  return *this;
}

JsonLine& JsonLine::add_null(std::string_view name) {
  key(name);
  buffer_ += "null";
  return *this;
}

JsonLine& JsonLine::add_raw(std::string_view name, std::string_view json) {
  key(name);
  buffer_ += json;
  return *this;
}

void append_id(std::string& text, char prefix, std::uint64_t number) {
  constexpr std::size_t kDigits = 7;
  const fmt::format_int digits(number);
  text += prefix;
  if (digits.size() < kDigits) text.append(kDigits - digits.size(), '0');
  text.append(digits.data(), digits.size());
}

std::string make_id(char prefix, std::uint64_t number) {
  std::string id;
  append_id(id, prefix, number);
  return id;
}

}  // namespace copydesk::datasets
