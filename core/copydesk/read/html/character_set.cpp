// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/character_set.h"

#include <simdjson.h>

#include <algorithm>
#include <iterator>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/character_decoder.h"

namespace copydesk {
namespace {

constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";
constexpr std::string_view kUtf16leMark = "\xff\xfe";
constexpr std::string_view kUtf16beMark = "\xfe\xff";

// The standard looks at 1,024 bytes; real pages put scripts before the element.
constexpr std::size_t kPrescanBytes = 4096;

// A word after `name` and "=", with or without quotes, from `from` on; empty if there is none.
std::string_view value_after(std::string_view text, std::string_view name, std::size_t from) {
  for (std::size_t at = find_ignoring_case(text, name, from); at != std::string_view::npos;
       at = find_ignoring_case(text, name, at + 1)) {
    std::size_t i = at + name.size();
    while (i < text.size() && is_html_space(text[i])) ++i;
    if (i >= text.size() || text[i] != '=') continue;
    ++i;
    while (i < text.size() && (is_html_space(text[i]) || text[i] == '"' || text[i] == '\'')) ++i;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\f\"';>/", i), text.size());
    return text.substr(i, end - i);
  }
  return {};
}

// The label in the first meta element that has one, as charset="..." or in its content.
std::string_view meta_label(std::string_view page) {
  page = page.substr(0, kPrescanBytes);
  for (std::size_t at = find_ignoring_case(page, "<meta", 0); at != std::string_view::npos;
       at = find_ignoring_case(page, "<meta", at + 1)) {
    const std::size_t end = std::min(page.find('>', at), page.size());
    const std::string_view label = value_after(page.substr(0, end), "charset", at);
    if (!label.empty()) return label;
  }
  // XHTML: <?xml version="1.0" encoding="...".
  if (page.starts_with("<?xml")) {
    return value_after(page.substr(0, page.find('>')), "encoding", 0);
  }
  return {};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

std::string_view name_of(CharacterSet set) {
  return kCharacterSetNames[static_cast<std::size_t>(set)];
}

std::string_view charset_parameter(std::string_view content_type) {
  return value_after(content_type, "charset", 0);
}

CharacterSet detect_character_set(std::string_view page, std::string_view header_label) {
  if (page.starts_with(kUtf8Mark)) return CharacterSet::kUtf8;
  if (page.starts_with(kUtf16leMark)) return CharacterSet::kUtf16le;
  if (page.starts_with(kUtf16beMark)) return CharacterSet::kUtf16be;
  if (const auto set = find_character_set(header_label)) return *set;
  if (auto set = find_character_set(meta_label(page))) {
    // The element was read as ASCII, so the page cannot be in UTF-16 whatever it says.
    if (*set == CharacterSet::kUtf16le || *set == CharacterSet::kUtf16be) set = CharacterSet::kUtf8;
    if (*set == CharacterSet::kUserDefined) set = CharacterSet::kWindows1252;
    // A saved page has lost its HTTP header, which often says UTF-8 where an old element in the
    // page does not; text in another set is hardly ever valid UTF-8 by chance.
    const bool is_utf8 =
        *set == CharacterSet::kUtf8 || (header_label.empty() && !is_ascii(page) &&
                                        simdjson::validate_utf8(page.data(), page.size()));
    return is_utf8 ? CharacterSet::kUtf8 : *set;
  }
  return simdjson::validate_utf8(page.data(), page.size()) ? CharacterSet::kUtf8
                                                           : CharacterSet::kWindows1252;
}

std::string_view decode_to_utf8(std::string_view bytes, CharacterSet set, std::string& buffer) {
  if (set == CharacterSet::kUtf8) {
    if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
    if (simdjson::validate_utf8(bytes.data(), bytes.size())) return bytes;
  } else if (set == CharacterSet::kUtf16le || set == CharacterSet::kUtf16be) {
    const auto mark = set == CharacterSet::kUtf16le ? kUtf16leMark : kUtf16beMark;
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  }
  decode_characters(bytes, set, buffer);
  return buffer;
}

}  // namespace copydesk
