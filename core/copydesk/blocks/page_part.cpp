// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/page_part.h"

#include <algorithm>
#include <cstring>

#include "copydesk/text/utf8.h"

namespace copydesk {

namespace {

std::string_view whole_lines(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= std::min(kMostPageLines, most_bytes)) return text;
  const std::size_t limit = std::min(text.size(), most_bytes);
  std::size_t lines = 0, end = 0;
  while (end < limit && lines < kMostPageLines) {
    const void* const feed = std::memchr(text.data() + end, '\n', limit - end);
    // The last line needs no line feed at the end of the text; one that is cut is no line.
    if (feed == nullptr) return limit == text.size() ? text : text.substr(0, end);
    end = static_cast<std::size_t>(static_cast<const char*>(feed) - text.data()) + 1;
    ++lines;
  }
  return text.substr(0, end);
}

}  // namespace

std::string_view page_part(std::string_view text) { return whole_lines(text, kMostPageBytes); }

std::string_view first_part(std::string_view text, std::size_t most_bytes) {
  const std::string_view lines = whole_lines(text, most_bytes);
  if (!lines.empty() || text.empty()) return lines;
  const std::string_view beginning = text.substr(0, most_bytes);
  const std::size_t space = beginning.find_last_of(" \t");
  if (space != std::string_view::npos) return text.substr(0, space + 1);
  return text.substr(0, character_floor(text, most_bytes));
}

}  // namespace copydesk
