// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/utf8.h"

#include <simdjson.h>

namespace copydesk {
namespace {

// Length of the well-formed sequence at the start of `text`, 0 if there is none.
std::size_t well_formed_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = utf8_length(lead);
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_utf8_tail(text[i])) return 0;
  }
  const std::uint32_t code_point = decode_utf8(text.data()).code_point;
  if (length == 3 && (code_point < 0x800 || (code_point >= 0xD800 && code_point < 0xE000)))
    return 0;
  if (length == 4 && (code_point < 0x10000 || code_point > 0x10FFFF)) return 0;
  return length;
}

}  // namespace

// Whole texts are nearly always valid, so the fast answer comes first and the position is looked
// for only in the others.
std::size_t find_invalid_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return text.size();
  std::size_t position = 0;
  while (position < text.size()) {
    const std::size_t length = well_formed_length(text.substr(position));
    if (length == 0) break;
    position += length;
  }
  return position;
}

bool is_valid_utf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

}  // namespace copydesk
