#include "copydesk/write/json_text.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "copydesk/byte_stretches.h"
#include "copydesk/write/character.h"

namespace copydesk {

namespace {

bool must_be_escaped(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
         (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

// Where the next character may be that is not written as it is: stretch by stretch, then eight
// bytes at a time.
std::size_t skip_plain(std::string_view text, std::size_t at) {
  const auto is_other = [](unsigned char c) {
    return (static_cast<unsigned char>(c - 0x20) >= 0x5F) | (c == '"') | (c == '\\');
  };
  at = skip_stretches(text, at, is_other);
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHighs = 0x8080808080808080u;
  const auto has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t others = ((word - kOnes * 0x20) & ~word & kHighs) | (word & kHighs) |
                                 has_zero(word ^ kOnes * '"') | has_zero(word ^ kOnes * '\\') |
                                 has_zero(word ^ kOnes * 0x7F);
    // What is above the lowest sign may be there because of it.
    if (others != 0) return at + static_cast<std::size_t>(std::countr_zero(others)) / 8;
  }
  while (at < text.size() && !is_other(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t written = 0;
  const auto flush = [&](std::size_t until) { out.append(text, written, until - written); };
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') {
      at = skip_plain(text, at + 1);
      continue;
    }
    std::uint32_t code = 0;
    const std::size_t size = character_at(text, at, code);
    if (size > 1 && !must_be_escaped(code)) {
      at += size;
      continue;
    }
    flush(at);
    if (size == 0) {
      out += "\xEF\xBF\xBD";
    } else if (code == '"' || code == '\\') {
      out.push_back('\\');
      out.push_back(static_cast<char>(code));
    } else if (code == '\n') {
      out += "\\n";
    } else if (code == '\t') {
      out += "\\t";
    } else if (code == '\r') {
      out += "\\r";
    } else {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
    }
    at += size == 0 ? 1 : size;
    written = at;
  }
  flush(text.size());
  out.push_back('"');
}

void append_json_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += ",\"";
  out += name;
  out += "\":";
  append_json_string(out, value);
}

// Numbers of up to 15 digits are their own shortest form, so they are written digit by digit;
// fmt writes the same, slower. Very small and very large ones it writes with exponents.
void append_json_share(std::string& out, double value) {
  const double millionths = std::round(value * 1e6);
  if (millionths == 0.0) {
    out.push_back('0');
    return;
  }
  if (std::abs(millionths) < 100.0 || !(std::abs(millionths) < 1e15)) {
    fmt::format_to(std::back_inserter(out), "{}", millionths / 1e6);
    return;
  }
  if (millionths < 0.0) out.push_back('-');
  const auto number = static_cast<std::uint64_t>(std::abs(millionths));
  const fmt::format_int whole(number / 1000000);
  out.append(whole.data(), whole.size());
  std::uint64_t rest = number % 1000000;
  if (rest == 0) return;
  char digits[7] = {'.'};
  for (std::size_t i = 6; i > 0; --i) {
    digits[i] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  std::size_t size = 7;
  while (digits[size - 1] == '0') --size;
  out.append(digits, size);
}

}  // namespace copydesk
