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

constexpr std::size_t kStretch = 256;

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

// A loop that compilers turn into vector code.
void NoticeSigns::find(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t size = text.size();
  stretches_.clear();
  any_ = false;
  for (std::size_t from = 0; from < size; from += kStretch) {
    unsigned char mail = 0, address = 0, copyright = 0;
    const auto look = [&](unsigned char a, unsigned char b, unsigned char c) {
      const auto both = [](bool x, bool y) {
        return static_cast<unsigned char>(static_cast<unsigned char>(x) &
                                          static_cast<unsigned char>(y));
      };
      mail |= static_cast<unsigned char>(a == '@');
      address |= both(a == ':', b == '/');
      address |= static_cast<unsigned char>(both((a | 0x20) == 'w', (b | 0x20) == 'w') &
                                            static_cast<unsigned char>((c | 0x20) == 'w'));
      copyright |= both(a == 0xC2, b == 0xA9);
      copyright |= static_cast<unsigned char>(both((a | 0x20) == 'p', (b | 0x20) == 'y') &
                                              static_cast<unsigned char>((c | 0x20) == 'r'));
      copyright |= static_cast<unsigned char>(both(a == '(', (b | 0x20) == 'c') &
                                              static_cast<unsigned char>(c == ')'));
    };
    const std::size_t end = std::min(size, from + kStretch);
    const std::size_t whole = std::max(from, std::min(end, size < 2 ? 0 : size - 2));
    for (std::size_t i = from; i < whole; ++i) look(bytes[i], bytes[i + 1], bytes[i + 2]);
    for (std::size_t i = whole; i < end; ++i) look(bytes[i], i + 1 < size ? bytes[i + 1] : 0, 0);
    const unsigned found = (mail != 0 ? kMail : 0u) | (address != 0 ? kAddress : 0u) |
                           (copyright != 0 ? kCopyright : 0u);
    stretches_.push_back(static_cast<std::uint8_t>(found));
    any_ |= found != 0;
  }
}

// "copyright" is found by the letters in its middle, which may stand in the stretch behind the one
// where the word begins.
unsigned NoticeSigns::in(TextSpan span) const {
  if (!any_ || span.empty()) return 0;
  unsigned found = 0;
  const std::size_t last = (span.end - 1) / kStretch;
  for (std::size_t i = span.begin / kStretch; i <= last; ++i) found |= stretches_[i];
  return found;
}

bool is_notice(std::string_view line, unsigned signs) {
  if ((signs & NoticeSigns::kMail) != 0 && has_mail_address(line)) return true;
  const bool has_address =
      (signs & NoticeSigns::kAddress) != 0 &&
      (contains(line, "http://") || contains(line, "https://") || contains(line, "www.") ||
       contains(line, "WWW."));
  return has_address || ((signs & NoticeSigns::kCopyright) != 0 && has_copyright(line));
}

}  // namespace copydesk
