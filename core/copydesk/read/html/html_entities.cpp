// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/html_entities.h"

#include <algorithm>
#include <iterator>

#include "copydesk/read/html/ascii.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

struct NamedEntity {
  std::string_view name;  // with its semicolon, where one is required
  std::uint32_t first;
  std::uint32_t second;
};

#include "html_entities.inc"

constexpr std::size_t kLongestName = 32;
constexpr std::size_t kLongestOpenName = 6;  // of those that may go without a semicolon

// Numbers from 128 to 159 mean what windows-1252 has there.
constexpr std::uint16_t kWindows1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

const NamedEntity* find_name(std::string_view name) {
  const auto* const found = std::lower_bound(
      std::begin(kNamedEntities), std::end(kNamedEntities), name,
      [](const NamedEntity& entity, std::string_view value) { return entity.name < value; });
  return found != std::end(kNamedEntities) && found->name == name ? found : nullptr;
}

CharacterReference find_number(std::string_view text, std::size_t at) {
  std::size_t i = at + 2;
  const bool hexadecimal = i < text.size() && (text[i] | 32) == 'x';
  if (hexadecimal) ++i;
  const std::size_t begin = i;
  std::uint32_t value = 0;
  for (; i < text.size(); ++i) {
    const char lower = static_cast<char>(text[i] | 32);
    unsigned digit = 0;
    if (is_ascii_digit(text[i])) {
      digit = static_cast<unsigned>(text[i] - '0');
    } else if (hexadecimal && lower >= 'a' && lower <= 'f') {
      digit = static_cast<unsigned>(lower - 'a' + 10);
    } else {
      break;
    }
    value = std::min<std::uint32_t>(value * (hexadecimal ? 16 : 10) + digit, 0x110000);
  }
  if (i == begin) return {};
  if (i < text.size() && text[i] == ';') ++i;
  if (value >= 0x80 && value < 0xA0) value = kWindows1252[value - 0x80];
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) value = 0xFFFD;
  return {i - at, value, 0};
}

}  // namespace

CharacterReference find_character_reference(std::string_view text, std::size_t at,
                                            bool in_attribute) {
  if (at + 1 >= text.size()) return {};
  if (text[at + 1] == '#') return find_number(text, at);
  const auto is_name = [&](std::size_t i) {
    return i < text.size() && (is_ascii_letter(text[i]) || is_ascii_digit(text[i]));
  };
  std::size_t end = at + 1;
  while (end - at <= kLongestName && is_name(end)) ++end;
  if (end < text.size() && text[end] == ';') {
    if (const NamedEntity* found = find_name(text.substr(at + 1, end - at))) {
      return {end + 1 - at, found->first, found->second};
    }
  }
  for (std::size_t size = std::min(end - at - 1, kLongestOpenName); size >= 2; --size) {
    const NamedEntity* const found = find_name(text.substr(at + 1, size));
    if (found == nullptr) continue;
    const std::size_t next = at + 1 + size;
    if (in_attribute && (is_name(next) || (next < text.size() && text[next] == '='))) return {};
    return {size + 1, found->first, found->second};
  }
  return {};
}

void append_code_point(std::string& out, std::uint32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) code_point = 0xFFFD;
  char bytes[4];
  out.append(bytes, encode_utf8(code_point, bytes));
}

std::string plain_value(std::string_view value) {
  std::string out;
  bool space = false;
  const auto put = [&](std::uint32_t c) {
    if (is_invisible(c)) return;
    if (is_blank(c)) {
      space = true;
      return;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    append_code_point(out, c);
  };
  for (std::size_t i = 0; i < value.size();) {
    if (value[i] == '&') {
      const CharacterReference found = find_character_reference(value, i, true);
      if (found.length > 0) {
        put(found.first);
        if (found.second != 0) put(found.second);
        i += found.length;
        continue;
      }
    }
    const DecodedCharacter character = decode_utf8(value.data() + i);
    put(character.code_point);
    i += character.length;
  }
  return out;
}

}  // namespace copydesk
