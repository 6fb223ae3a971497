// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/json_scan.h"

#include <algorithm>
#include <cstring>

#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_number_byte(char c) {
  return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

// The position behind the string that opens at `begin`; the end of the text if it does not close.
std::size_t skip_string(std::string_view json, std::size_t begin) {
  for (std::size_t i = begin + 1; i < json.size(); ++i) {
    const void* found = std::memchr(json.data() + i, '"', json.size() - i);
    if (found == nullptr) break;
    i = static_cast<std::size_t>(static_cast<const char*>(found) - json.data());
    std::size_t backslashes = 0;
    while (json[i - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return i + 1;
  }
  return json.size();
}

std::size_t skip_digits(std::string_view text, std::size_t i) {
  while (i < text.size() && is_digit(text[i])) ++i;
  return i;
}

// RFC 8259, section 6: [ minus ] int [ frac ] [ exp ].
bool is_number(std::string_view text) {
  std::size_t i = text.starts_with('-') ? 1 : 0;
  std::size_t end = skip_digits(text, i);
  if (end == i || (text[i] == '0' && end > i + 1)) return false;
  if (end < text.size() && text[end] == '.') {
    i = end + 1;
    end = skip_digits(text, i);
    if (end == i) return false;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    i = end + 1;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    end = skip_digits(text, i);
    if (end == i) return false;
  }
  return end == text.size();
}

// Numbers of fewer bytes without an exponent fit into 64 bits, signed or as a double.
constexpr std::size_t kSafeNumberBytes = 18;

bool may_be_large(std::string_view number) {
  return number.size() > kSafeNumberBytes || number.find_first_of("eE") != std::string_view::npos;
}

std::size_t skip_space(std::string_view json, std::size_t i) {
  while (i < json.size() &&
         (json[i] == ' ' || json[i] == '\t' || json[i] == '\r' || json[i] == '\n')) {
    ++i;
  }
  return i;
}

// The position behind the value that begins at `begin`, in valid JSON. Containers are skipped by
// counting, not by recursion.
std::size_t skip_value(std::string_view json, std::size_t begin) {
  std::size_t depth = 0;
  std::size_t i = begin;
  do {
    const char c = json[i];
    if (c == '"') {
      i = skip_string(json, i);
    } else if (c == '{' || c == '[') {
      ++depth;
      ++i;
    } else if (c == '}' || c == ']') {
      --depth;
      ++i;
    } else if (depth > 0) {
      ++i;
    } else {
      i = json.find_first_of(",]} \t\r\n", i);
      if (i == std::string_view::npos) i = json.size();
    }
  } while (depth > 0 && i < json.size());
  return i;
}

std::uint32_t hex_value(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) {
    const unsigned digit =
        is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 0x20) - 'a' + 10);
    value = value * 16 + digit;
  }
  return value;
}

// The other half of a surrogate pair, written at `at`; 0 if there is none.
std::uint32_t low_half(std::string_view written, std::size_t at) {
  if (at + 6 > written.size() || written[at] != '\\' || written[at + 1] != 'u') return 0;
  const std::uint32_t code = hex_value(written.substr(at + 2, 4));
  return code >= 0xDC00 && code < 0xE000 ? code : 0;
}

bool key_is(std::string_view key, std::string_view name) {
  if (key.find('\\') == std::string_view::npos) return key == name;
  std::string unescaped;
  append_unescaped(unescaped, key);
  return unescaped == name;
}

}  // namespace

JsonEscape json_escape(std::string_view written) {
  constexpr std::string_view kSigns = "bfnrt", kMeant = "\b\f\n\r\t";
  const char sign = written[1];
  if (sign != 'u') {
    const std::size_t known = kSigns.find(sign);
    const char meant = known == std::string_view::npos ? sign : kMeant[known];
    return {static_cast<unsigned char>(meant), 2};
  }
  const std::uint32_t code = hex_value(written.substr(2, 4));
  if (code < 0xD800 || code >= 0xE000) return {code, 6};
  const std::uint32_t low = low_half(written, 6);
  if (code >= 0xDC00 || low == 0) return {0xFFFD, 6};
  return {0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), 12};
}

void append_unescaped(std::string& out, std::string_view written) {
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t backslash = std::min(written.find('\\', at), written.size());
    out.append(written, at, backslash - at);
    if (backslash == written.size()) return;
    const JsonEscape escape = json_escape(written.substr(backslash));
    char bytes[4];
    out.append(bytes, encode_utf8(escape.code_point, bytes));
    at = backslash + escape.size;
  }
}

bool blank_large_numbers(std::string& json) {
  bool replaced = false;
  std::size_t i = 0;
  while (i < json.size()) {
    if (json[i] == '"') {
      i = skip_string(json, i);
    } else if (!is_number_byte(json[i])) {
      ++i;
    } else {
      std::size_t end = i;
      while (end < json.size() && is_number_byte(json[end])) ++end;
      const std::string_view number = std::string_view(json).substr(i, end - i);
      if (may_be_large(number) && is_number(number)) {
        json[i] = '0';
        std::memset(json.data() + i + 1, ' ', end - i - 1);
        replaced = true;
      }
      i = end;
    }
  }
  return replaced;
}

namespace {

bool is_hexadecimal(std::string_view digits) {
  return digits.size() == 4 && std::ranges::all_of(digits, [](char c) {
           return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
         });
}

// In the string that ends at `end`.
bool mend_surrogates(std::string& json, std::size_t begin, std::size_t end) {
  bool replaced = false;
  for (std::size_t i = begin; i + 1 < end; ++i) {
    if (json[i] != '\\') continue;
    const std::string_view digits = std::string_view(json).substr(i + 2, 4);
    if (json[i + 1] != 'u' || i + 6 > end || !is_hexadecimal(digits)) {
      ++i;  // an escape of two bytes
      continue;
    }
    const std::uint32_t code = hex_value(digits);
    if (code >= 0xD800 && code < 0xE000) {
      const std::string_view rest = std::string_view(json).substr(i, end - i);
      const bool has_low = code < 0xDC00 && rest.size() >= 12 &&
                           is_hexadecimal(rest.substr(8, 4)) && low_half(rest, 6) != 0;
      if (has_low) {
        i += 6;
      } else {
        json.replace(i + 2, 4, "fdd0");
        replaced = true;
      }
    }
    i += 5;
  }
  return replaced;
}

}  // namespace

bool mend_foreign_values(std::string& json) {
  constexpr std::string_view kForeign[] = {"NaN", "Infinity", "-Infinity"};
  bool replaced = false;
  char before = '\0';  // the last byte that is no white space
  for (std::size_t i = 0; i < json.size();) {
    const char c = json[i];
    if (c == '"') {
      const std::size_t end = skip_string(json, i);
      replaced |= mend_surrogates(json, i + 1, end);
      i = end;
      before = '"';
      continue;
    }
    const std::string_view rest = std::string_view(json).substr(i);
    for (const std::string_view word : kForeign) {
      if (!rest.starts_with(word) || (before != ':' && before != ',' && before != '[')) continue;
      const std::size_t end = i + word.size();
      if (end < json.size() && std::string_view(",]} \t\r\n").find(json[end]) == std::string_view::npos) {
        continue;
      }
      json[i] = '0';
      std::memset(json.data() + i + 1, ' ', word.size() - 1);
      replaced = true;
      break;
    }
    if (json[i] != ' ' && json[i] != '\t') before = json[i];
    ++i;
  }
  return replaced;
}

std::optional<std::string_view> raw_member(std::string_view object, std::string_view name) {
  std::size_t i = skip_space(object, 0) + 1;
  for (;;) {
    i = skip_space(object, i);
    if (i >= object.size() || object[i] == '}') return std::nullopt;
    const std::size_t key_end = skip_string(object, i);
    const std::string_view key = object.substr(i + 1, key_end - i - 2);
    const std::size_t begin = skip_space(object, skip_space(object, key_end) + 1);
    const std::size_t end = skip_value(object, begin);
    if (key_is(key, name)) return object.substr(begin, end - begin);
    i = skip_space(object, end);
    if (i < object.size() && object[i] == ',') ++i;
  }
}

std::string text_member(std::string_view object, std::string_view name) {
  const std::optional<std::string_view> raw = raw_member(object, name);
  if (!raw || !raw->starts_with('"')) return {};
  std::string text;
  append_unescaped(text, raw->substr(1, raw->size() - 2));
  return text;
}

}  // namespace copydesk
