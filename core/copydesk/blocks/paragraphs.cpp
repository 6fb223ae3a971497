// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/paragraphs.h"

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
  Paragraph paragraph{{begin, end}, XXH3_64bits(content.data(), content.size()), 0};
  // Counted without a branch, so that the compiler makes vectors of it: most paragraphs have none.
  std::size_t digits = 0;
  for (const char c : content) digits += is_digit(c);
  paragraph.masked_key = paragraph.key;
  if (digits > 0) {
    masked_.clear();
    for (std::size_t i = 0; i < content.size(); ++i) {
      if (!is_digit(content[i])) {
        masked_.push_back(content[i]);
      } else if (i == 0 || !is_digit(content[i - 1])) {
        masked_.push_back('\x01');
      }
    }
    paragraph.masked_key = XXH3_64bits(masked_.data(), masked_.size());
  }
  paragraphs.push_back(paragraph);
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
