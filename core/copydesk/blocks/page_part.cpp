// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/page_part.h"

#include <algorithm>
#include <cstring>

namespace copydesk {

std::string_view page_part(std::string_view text) {
  if (text.size() <= kMostPageLines) return text;
  const std::size_t limit = std::min(text.size(), kMostPageBytes);
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

}  // namespace copydesk
