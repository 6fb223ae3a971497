// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_label.h"

#include <algorithm>

#include "copydesk/text/character_tables.h"

namespace copydesk {

LineLabel find_line_label(std::string_view line, std::size_t most_words) {
  constexpr std::string_view kWideColon = "\uFF1A";
  // Bold in Markdown: "**Price:** 89 EUR", "**Price**: 89 EUR".
  const std::size_t begin = line.starts_with("**") ? 2 : 0;
  const std::string_view front = line.substr(0, kMostBytesOfLabel + kWideColon.size());
  std::size_t colon = front.find(':');
  // "HOST [00:12]: yes".
  const auto is_digit = [&](std::size_t at) {
    return at < front.size() && front[at] >= '0' && front[at] <= '9';
  };
  while (colon != front.npos && colon > 0 && is_digit(colon - 1) && is_digit(colon + 1)) {
    colon = front.find(':', colon + 1);
  }
  std::size_t size = 1;
  const auto lead = static_cast<unsigned char>(line.empty() ? 0 : line.front());
  if (lead >= 0x80) {  // names in scripts that have it
    const std::size_t wide = front.find(kWideColon);
    if (wide < colon) {
      colon = wide;
      size = kWideColon.size();
    }
  }
  if (colon == std::string_view::npos || colon <= begin) return {};
  LineLabel label{line.substr(begin, colon - begin), colon + size};
  if (begin > 0) {
    if (label.name.ends_with("**")) {
      label.name.remove_suffix(2);
    } else if (line.substr(label.end).starts_with("**")) {
      label.end += 2;
    } else {
      return {};
    }
    if (label.name.empty()) return {};
  }
  if (size == 1 && label.end < line.size() && !is_ascii_space(line[label.end])) return {};
  std::size_t words = 1;
  for (std::size_t i = 1; i < label.name.size(); ++i) {
    words += is_ascii_space(label.name[i]) && !is_ascii_space(label.name[i - 1]) ? 1 : 0;
  }
  if (words > most_words) return {};
  while (label.end < line.size() && is_ascii_space(line[label.end])) ++label.end;
  return label;
}

}  // namespace copydesk
