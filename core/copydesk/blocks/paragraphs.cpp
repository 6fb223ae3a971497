// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/paragraphs.h"

#include <bit>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}
bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}

std::size_t find_feed(std::string_view text, std::size_t from) {
  const void* const feed = std::memchr(text.data() + from, '\n', text.size() - from);
  return feed == nullptr ? text.size()
                         : static_cast<std::size_t>(static_cast<const char*>(feed) - text.data());
}

// Eight bytes: the high bit of each that is an ASCII digit.
std::uint64_t digits_of(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  const std::uint64_t low = word & (kOnes * 0x7F);
  const std::uint64_t from_zero = low + kOnes * (0x80 - '0');
  const std::uint64_t above_nine = low + kOnes * (0x7F - '9');
  return from_zero & ~above_nine & ~word & (kOnes * 0x80);
}

// Writes `content` with every run of digits as one sign; false, and nothing of use in `masked`, if
// there are none. What is between numbers is copied eight bytes at a time.
bool mask_numbers(std::string_view content, std::string& masked) {
  std::size_t at = 0;
  while (at + 8 <= content.size() && digits_of(content.data() + at) == 0) at += 8;
  while (at < content.size() && !is_digit(content[at])) ++at;
  if (at == content.size()) return false;
  masked.resize(content.size() + 8);
  std::memcpy(masked.data(), content.data(), at);
  char* out = masked.data() + at;
  while (at < content.size()) {
    if (is_digit(content[at])) {
      *out++ = '\x01';
      while (at < content.size() && is_digit(content[at])) ++at;
    }
    while (at + 8 <= content.size()) {
      const std::uint64_t digits = digits_of(content.data() + at);
      std::memcpy(out, content.data() + at, 8);
      const auto plain = static_cast<std::size_t>(digits == 0 ? 8 : std::countr_zero(digits) / 8);
      out += plain;
      at += plain;
      if (digits != 0) break;
    }
    while (at < content.size() && !is_digit(content[at])) *out++ = content[at++];
  }
  masked.resize(static_cast<std::size_t>(out - masked.data()));
  return true;
}

bool is_blank(std::string_view line) {
  for (const char c : line) {
    if (!is_space(c)) return false;
  }
  return true;
}

}  // namespace

void ParagraphScanner::add(std::string_view text, std::size_t begin, std::size_t end,
                           std::size_t least_bytes, std::vector<Paragraph>& paragraphs) {
  while (begin < end && is_space(text[begin])) ++begin;
  while (end > begin && is_space(text[end - 1])) --end;
  if (begin == end || end - begin < least_bytes) return;
  const std::string_view content = text.substr(begin, end - begin);
  std::string_view seen = content;
  if (masks_numbers_ && mask_numbers(content, masked_)) seen = masked_;
  paragraphs.push_back({{begin, end}, XXH3_64bits(seen.data(), seen.size())});
}

void ParagraphScanner::scan(std::string_view text, std::size_t least_bytes,
                            std::vector<Paragraph>& paragraphs) {
  paragraphs.clear();
  std::size_t begin = 0;
  bool has_blank_line = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = find_feed(text, at);
    if (is_blank(text.substr(at, end - at))) {
      if (at > begin) add(text, begin, at, least_bytes, paragraphs);
      // A blank line at either end of the text parts nothing.
      has_blank_line = has_blank_line || (at > 0 && end + 1 < text.size());
      begin = end + 1;
    }
    at = end + 1;
  }
  if (begin < text.size()) add(text, begin, text.size(), least_bytes, paragraphs);
  if (has_blank_line) return;
  paragraphs.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = find_feed(text, at);
    add(text, at, end, least_bytes, paragraphs);
    at = end + 1;
  }
}

void ParagraphScanner::scan_sentences(std::string_view text, std::size_t least_bytes,
                                      std::vector<Paragraph>& sentences) {
  sentences.clear();
  splitter_.split(text, sentences_);
  for (const TextSpan& span : sentences_.spans) {
    add(text, span.begin, span.end, least_bytes, sentences);
  }
}

}  // namespace copydesk
