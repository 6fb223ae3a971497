// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/character_set.h"

#include <simdjson.h>

#include <algorithm>
#include <iterator>

#include "copydesk/byte_stretches.h"
#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/character_decoder.h"
#include "copydesk/read/html/character_guess.h"
#include "copydesk/text/utf8.h"

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

// The first byte from `at` on that is not ASCII, or the size.
std::size_t next_beyond_ascii(std::string_view text, std::size_t at) {
  return find_byte(text, at, [](unsigned char c) { return c >= 0x80; });
}

// Whether a page has characters of UTF-8 beyond ASCII, and hardly a byte that is none: one that was
// cut off at some size, or into which a few words of another set were pasted, is UTF-8 still.
bool is_nearly_utf8(std::string_view page) {
  constexpr std::size_t kLeastRatio = 10;
  std::size_t characters = 0, others = 0;
  for (std::size_t at = next_beyond_ascii(page, 0); at < page.size();
       at = next_beyond_ascii(page, at)) {
    const auto lead = static_cast<unsigned char>(page[at]);
    const bool begins = lead >= 0xC2 && lead <= 0xF4;
    const std::size_t length = begins ? utf8_length(lead) : 1;
    std::size_t end = at + 1;
    while (end < page.size() && end < at + length && is_utf8_tail(page[end])) ++end;
    if (begins && end == at + length) {
      ++characters;
    } else if (!begins || end < page.size()) {  // else it is cut off
      ++others;
    }
    at = end;
  }
  return characters > 0 && characters >= kLeastRatio * others;
}

// What stands between tags and has characters beyond ASCII, enough of it for a guess.
std::string sample_beyond_ascii(std::string_view page) {
  std::string sample;
  for (std::size_t at = next_beyond_ascii(page, 0);
       at < page.size() && sample.size() < kMostGuessedBytes; at = next_beyond_ascii(page, at)) {
    const std::size_t begin = page.find_last_of("<>\n", at) + 1;  // 0 if there is none
    const std::size_t end = std::min(page.find_first_of("<>\n", at), page.size());
    sample += page.substr(begin, std::min(end - begin, kMostGuessedBytes));
    sample += '\n';
    at = end;
  }
  return sample;
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
        *set == CharacterSet::kUtf8 || (header_label.empty() && is_nearly_utf8(page));
    return is_utf8 ? CharacterSet::kUtf8 : *set;
  }
  if (simdjson::validate_utf8(page.data(), page.size()) || is_nearly_utf8(page)) {
    return CharacterSet::kUtf8;
  }
  return guess_character_set(sample_beyond_ascii(page));
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
