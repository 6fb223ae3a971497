// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/paragraphs.h"

#include <algorithm>
#include <bit>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/text/pieces.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

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

// Whether there may be white space that collapsing would change: a control character, or two spaces
// side by side. Eight bytes at a time.
bool may_have_loose_space(std::string_view content) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr unsigned char kFirstOther = '\r' + 1;
  std::uint64_t found = 0;
  std::size_t at = 0;
  for (; at + 9 <= content.size(); at += 8) {
    std::uint64_t bytes, next;
    std::memcpy(&bytes, content.data() + at, 8);
    std::memcpy(&next, content.data() + at + 1, 8);
    const std::uint64_t no_double = (bytes ^ kOnes * ' ') | (next ^ kOnes * ' ');
    found |= (no_double - kOnes) & ~no_double;
    const std::uint64_t others = (bytes & kOnes * 0x7F) + kOnes * (0x80 - kFirstOther);
    found |= ~(others | bytes);
  }
  bool any = (found & kOnes * 0x80) != 0;
  for (; at < content.size(); ++at) {
    any = any || static_cast<unsigned char>(content[at]) < kFirstOther ||
          (content[at] == ' ' && at + 1 < content.size() && content[at + 1] == ' ');
  }
  return any;
}

void collapse_space(std::string_view content, std::string& collapsed) {
  collapsed.resize(content.size());
  char* out = collapsed.data();
  bool was_space = false;
  for (const char c : content) {
    const bool is_white = is_ascii_space(c);
    *out = is_white ? ' ' : c;
    out += !(is_white && was_space);
    was_space = is_white;
  }
  collapsed.resize(static_cast<std::size_t>(out - collapsed.data()));
}

// Where a script has no spaces, a line can be broken behind every character.
std::size_t first_word_width(std::string_view line) {
  if (static_cast<unsigned char>(line.front()) >= 0xE0) return 1;
  return count_characters(line.substr(0, line.find(' ')));
}

bool is_blank(std::string_view line) {
  for (const char c : line) {
    if (!is_ascii_space(c)) return false;
  }
  return true;
}

template <class Visit>
void for_each_line(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = find_feed(text, at);
    if (!visit(at, end)) return;
    at = end + 1;
  }
}

// Of a long text, how much is split into sentences at once: up to a blank line, or else a line end,
// or else white space, in the second half of 4 MiB; never within a character.
std::size_t part_of(std::string_view text) {
  constexpr std::size_t kPart = std::size_t{4} << 20;
  if (text.size() <= kPart) return text.size();
  const std::string_view part = text.substr(0, kPart);
  for (const char* const end : {"\n\n", "\n", " "}) {
    const std::size_t at = part.rfind(end);
    if (at != part.npos && at >= kPart / 2) return at + std::string_view(end).size();
  }
  return character_floor(text, kPart);
}

}  // namespace

bool is_wrapped(std::string_view text) {
  constexpr std::size_t kNarrowestColumn = 40, kWidestColumn = 110, kFewestLines = 3;
  std::size_t lines = 0, widest = 0;
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    widest = std::max(widest, count_characters(text.substr(begin, end - begin)));
    ++lines;
    return widest <= kWidestColumn;
  });
  if (lines < kFewestLines || widest < kNarrowestColumn || widest > kWidestColumn) return false;
  std::size_t full = 0, going_on = 0;
  std::size_t width = 0;  // of the line before
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    const std::string_view line = text.substr(begin, end - begin);
    const std::string_view content = without_space(line);
    if (begin > 0 && !content.empty()) {
      full += width + 1 + first_word_width(content) > widest;
      going_on += (content[0] >= 'a' && content[0] <= 'z') ||
                  static_cast<unsigned char>(content[0]) >= 0x80;
    }
    width = count_characters(line);
    return true;
  });
  return 3 * full >= 2 * (lines - 1) && 2 * going_on >= lines - 1;
}

void ParagraphScanner::add(std::string_view text, std::size_t begin, std::size_t end,
                           std::size_t least_bytes, std::vector<Paragraph>& paragraphs) {
  while (begin < end && is_ascii_space(text[begin])) ++begin;
  while (end > begin && is_ascii_space(text[end - 1])) --end;
  if (begin == end || end - begin < least_bytes) return;
  const std::string_view collapsed = without_loose_space(text.substr(begin, end - begin));
  if (collapsed.size() < least_bytes) return;
  const std::string_view seen = without_numbers(collapsed);
  paragraphs.push_back({{begin, end}, XXH3_64bits(seen.data(), seen.size())});
}

std::string_view ParagraphScanner::without_loose_space(std::string_view content) {
  if (!may_have_loose_space(content)) return content;
  collapse_space(content, collapsed_);
  return collapsed_;
}

std::string_view ParagraphScanner::without_numbers(std::string_view content) {
  return masks_numbers_ && mask_numbers(content, masked_) ? std::string_view(masked_) : content;
}

std::string_view ParagraphScanner::contents(std::string_view text, const Paragraph& paragraph) {
  return without_numbers(without_loose_space(paragraph.span.of(text)));
}

bool ParagraphScanner::part_at_blank_lines(std::string_view text) {
  parts_.clear();
  std::size_t part = 0;
  bool has_blank_line = false;
  for_each_line(text, [&](std::size_t begin, std::size_t end) {
    if (is_blank(text.substr(begin, end - begin))) {
      if (begin > part) parts_.push_back({part, begin});
      // A blank line at either end of the text parts nothing.
      has_blank_line = has_blank_line || (begin > 0 && end + 1 < text.size());
      part = end + 1;
    }
    return true;
  });
  if (part < text.size()) parts_.push_back({part, text.size()});
  return has_blank_line;
}

bool ParagraphScanner::lines_are_paragraphs(std::string_view text) {
  if (end_ == ParagraphEnd::kLine) return true;
  const bool has_blank_line = part_at_blank_lines(text);
  return end_ == ParagraphEnd::kAuto && !has_blank_line && !is_wrapped(without_space(text));
}

void ParagraphScanner::scan(std::string_view text, std::size_t least_bytes,
                            std::vector<Paragraph>& paragraphs) {
  paragraphs.clear();
  if (lines_are_paragraphs(text)) {
    for_each_line(text, [&](std::size_t begin, std::size_t end) {
      add(text, begin, end, least_bytes, paragraphs);
      return true;
    });
  } else {
    for (const TextSpan& part : parts_) add(text, part.begin, part.end, least_bytes, paragraphs);
  }
}

void ParagraphScanner::scan_sentences(std::string_view text, std::size_t least_bytes,
                                      std::vector<Paragraph>& sentences) {
  sentences.clear();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t size = part_of(text.substr(begin));
    splitter_.split(text.substr(begin, size), sentences_);
    for (const TextSpan& span : sentences_.spans) {
      add(text, begin + span.begin, begin + span.end, least_bytes, sentences);
    }
    begin += size;
  }
}

}  // namespace copydesk
