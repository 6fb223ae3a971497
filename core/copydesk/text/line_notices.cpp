// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_notices.h"

#include <string.h>

#include <algorithm>
#include <cstddef>

namespace copydesk {
namespace {

bool contains(std::string_view text, std::string_view what) {
  return memmem(text.data(), text.size(), what.data(), what.size()) != nullptr;
}

bool is_word_byte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// An address of mail: something, @, something with a point.
bool has_mail_address(std::string_view line) {
  for (std::size_t at = line.find('@'); at != line.npos; at = line.find('@', at + 1)) {
    if (at == 0 || line[at - 1] == ' ') continue;
    std::size_t end = at + 1;
    bool has_point = false;
    for (; end < line.size() && line[end] != ' '; ++end) {
      has_point |=
          line[end] == '.' && end > at + 1 && end + 1 < line.size() && is_word_byte(line[end + 1]);
    }
    if (has_point) return true;
  }
  return false;
}

bool equals_folded(std::string_view text, std::string_view lower) {
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if ((text[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

// "copyright" as a word of its own, "(c) 9", or ©.
bool has_copyright(std::string_view line) {
  if (contains(line, "\u00A9")) return true;
  constexpr std::string_view kWord = "copyright";
  for (std::size_t i = 0; i + 3 < line.size(); ++i) {
    if (line[i] == '(' && (line[i + 1] | 0x20) == 'c' && line[i + 2] == ')') {
      const std::size_t next = line[i + 3] == ' ' ? i + 4 : i + 3;
      if (next < line.size() && line[next] >= '0' && line[next] <= '9') return true;
    }
    if ((line[i] | 0x20) == 'c' && i + kWord.size() <= line.size() &&
        equals_folded(line.substr(i), kWord)) {
      const std::size_t end = i + kWord.size();
      const bool is_whole = (i == 0 || !is_word_byte(line[i - 1])) &&
                            (end == line.size() || !is_word_byte(line[end]));
      if (is_whole) return true;
    }
  }
  return false;
}

}  // namespace

void NoticeSigns::find(std::string_view text) {
  stretches_.resize((text.size() + kPageStretch - 1) / kPageStretch);
  page_signs(text.data(), text.size(), stretches_.data());
  unsigned all = 0;
  for (const std::uint8_t signs : stretches_) all |= signs;
  any_ = (all & ~unsigned{kOtherBreak}) != 0;
  has_other_breaks_ = (all & kOtherBreak) != 0;
}

// "copyright" is found by the letters in its middle, which may stand in the stretch behind the one
// where the word begins.
unsigned NoticeSigns::in(TextSpan span) const {
  if (!any_ || span.empty()) return 0;
  unsigned found = 0;
  const std::size_t last = (span.end - 1) / kPageStretch;
  for (std::size_t i = span.begin / kPageStretch; i <= last; ++i) found |= stretches_[i];
  return found;
}

bool is_notice(std::string_view line, unsigned signs) {
  if ((signs & kMailSign) != 0 && has_mail_address(line)) return true;
  const bool has_address =
      (signs & kAddressSign) != 0 && (contains(line, "http://") || contains(line, "https://") ||
                                      contains(line, "www.") || contains(line, "WWW."));
  return has_address || ((signs & kCopyrightSign) != 0 && has_copyright(line));
}

}  // namespace copydesk
