#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <string>
#include <string_view>

#include "copydesk/document.h"
#include "copydesk/text/utf8.h"

namespace copydesk::fuzz {

// Any bytes as valid UTF-8: each byte that belongs to no character becomes a '?'.
inline std::string valid_text(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t good = find_invalid_utf8(bytes);
    text += bytes.substr(0, good);
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    text += '?';
    bytes.remove_prefix(1);
  }
  return text;
}

// Whether `offset` falls between two characters of `text`.
inline bool is_character_border(std::string_view text, std::size_t offset) {
  return offset <= text.size() &&
         (offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80);
}

inline bool is_span_of(std::string_view text, const TextSpan& span) {
  return span.begin <= span.end && is_character_border(text, span.begin) &&
         is_character_border(text, span.end);
}

}  // namespace copydesk::fuzz
