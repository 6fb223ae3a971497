// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/note_numbers.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "copydesk/ascii.h"

namespace copydesk {
namespace {

constexpr std::array<std::string_view, 19> kPunctuation = {
    ".",      ",",      ";",      ":",      "!",      "?",      ")",
    "\u2026", "\u201D", "\u2019", "\u00BB", "\u3002", "\uFF0C", "\u3001",
    "\uFF1F", "\uFF01", "\u300D", "\u300F", "\uFF1B"};

// Bytes of the mark that `text` begins with, brackets included; 0 if it begins with none. Numbers
// of one to three digits, none of them 0, parted by commas, semicolons and dashes.
std::size_t mark_length(std::string_view text) {
  constexpr std::size_t kMostBytes = 24;
  if (text.size() < 3 || text[0] != '[') return 0;
  std::size_t at = 1;
  for (;;) {
    std::size_t digits = 0;
    while (at + digits < text.size() && is_ascii_digit(text[at + digits])) ++digits;
    if (digits == 0 || digits > 3 || text[at] == '0') return 0;
    at += digits;
    if (at >= text.size() || at > kMostBytes) return 0;
    if (text[at] == ']') return at + 1;
    if (text.substr(at).starts_with("\u2013")) {
      at += 3;
    } else if (text[at] == ',' || text[at] == ';' || text[at] == '-') {
      ++at;
    } else {
      return 0;
    }
    while (at < text.size() && text[at] == ' ') ++at;
  }
}

bool ends_in_punctuation(std::string_view text) {
  if (text.ends_with('"') || text.ends_with('\'')) text.remove_suffix(1);
  return std::ranges::any_of(kPunctuation, [&](std::string_view p) { return text.ends_with(p); });
}

bool begins_with_punctuation(std::string_view text) {
  return std::ranges::any_of(kPunctuation, [&](std::string_view p) { return text.starts_with(p); });
}

}  // namespace

void append_without_note_numbers(std::string& out, std::string_view sentence) {
  const std::size_t begin = out.size();
  std::size_t at = 0;
  while (at < sentence.size()) {
    const std::size_t open = std::min(sentence.find('[', at), sentence.size());
    out += sentence.substr(at, open - at);
    at = open;
    const std::size_t length = mark_length(sentence.substr(at));
    const std::string_view said = std::string_view(out).substr(begin);
    const std::string_view rest = sentence.substr(at + length);
    if (length == 0) {
      if (at < sentence.size()) out += sentence[at++];
    } else if (said.empty()) {
      at += length;
      while (at < sentence.size() && (sentence[at] == ' ' || sentence[at] == '\n')) ++at;
    } else if (ends_in_punctuation(said)) {
      at += length;
    } else if (said.ends_with(' ') && (rest.empty() || begins_with_punctuation(rest))) {
      at += length;
      while (out.size() > begin && out.back() == ' ') out.pop_back();
    } else {
      out += sentence.substr(at, length);
      at += length;
    }
  }
  if (out.size() == begin) out += sentence;
}

}  // namespace copydesk
