#include "copydesk/write/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "copydesk/write/character.h"

namespace copydesk {

namespace {

bool must_be_escaped(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
         (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

// What stands behind the backslash of a short escape; 0 where there is none.
char short_escape_of(char c) {
  switch (c) {
    case '\n':
      return 'n';
    case '"':
    case '\\':
      return c;
    case '\t':
      return 't';
    case '\r':
      return 'r';
    default:
      return '\0';
  }
}

// Of 8 bytes, the high bit of the first that is not written as it is, and perhaps of some behind
// it; 0 if all are plain. What is below a space or the quotation mark is below 0x21 once the bit is
// turned that parts the two; what borrows from the byte above it, or carries to it, is found first.
std::uint64_t other_bytes(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHighs = 0x8080808080808080u;
  static_assert('"' == 0x22);
  const std::uint64_t low_or_quote = (word ^ kOnes * 0x02) - kOnes * 0x21;
  const std::uint64_t backslash = (word ^ kOnes * '\\') - kOnes;
  const std::uint64_t del = word + kOnes;
  return (low_or_quote | backslash | del | word) & kHighs;
}

}  // namespace

// Eight bytes are written before it is known how many of them are plain: most texts have lines of a
// few words, and nothing is faster told than where they end.
void append_json_string(std::string& out, std::string_view text) {
  constexpr std::size_t kPart = 2048, kLongest = 16;  // of what is written between two looks
  char part[kPart + kLongest];
  char* to = part;
  out.push_back('"');
  for (std::size_t at = 0; at < text.size();) {
    if (to > part + kPart) {
      out.append(part, static_cast<std::size_t>(to - part));
      to = part;
    }
    if (at + 8 <= text.size()) {
      std::uint64_t word;
      std::memcpy(&word, text.data() + at, 8);
      std::memcpy(to, &word, 8);
      const std::uint64_t others = other_bytes(word);
      const std::size_t plain =
          others == 0 ? 8 : static_cast<std::size_t>(std::countr_zero(others)) / 8;
      at += plain;
      to += plain;
      if (others == 0) continue;
    }
    const char c = text[at];
    if (const char escape = short_escape_of(c); escape != '\0') {
      *to++ = '\\';
      *to++ = escape;
      ++at;
      continue;
    }
    std::uint32_t code = 0;
    const std::size_t size = character_at(text, at, code);
    if (size == 0) {
      to = std::copy_n("\xEF\xBF\xBD", 3, to);
      ++at;
      continue;
    }
    if (must_be_escaped(code)) {
      to = fmt::format_to(to, "\\u{:04x}", code);
    } else {
      to = std::copy_n(text.data() + at, size, to);
    }
    at += size;
  }
  out.append(part, static_cast<std::size_t>(to - part));
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
