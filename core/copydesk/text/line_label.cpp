// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_label.h"

#include <algorithm>

#include "copydesk/text/character_tables.h"

namespace copydesk {

LineLabel find_line_label(std::string_view line, std::size_t most_words) {
  constexpr std::string_view kWideColon = "\uFF1A";
  const std::string_view front = line.substr(0, kMostBytesOfLabel + kWideColon.size());
  std::size_t colon = front.find(':');
  std::size_t size = 1;
  const auto lead = static_cast<unsigned char>(line.empty() ? 0 : line.front());
  if (lead >= 0x80) {  // names in scripts that have it
    const std::size_t wide = front.find(kWideColon);
    if (wide < colon) {
      colon = wide;
      size = kWideColon.size();
    }
  }
  if (colon == std::string_view::npos || colon == 0) return {};
  std::size_t end = colon + size;
  if (size == 1 && end < line.size() && !is_ascii_space(line[end])) return {};
  LineLabel label{line.substr(0, colon), end};
  std::size_t words = 1;
  for (std::size_t i = 1; i < label.name.size(); ++i) {
    words += is_ascii_space(label.name[i]) && !is_ascii_space(label.name[i - 1]) ? 1 : 0;
  }
  if (words > most_words) return {};
  while (label.end < line.size() && is_ascii_space(line[label.end])) ++label.end;
  return label;
}

}  // namespace copydesk
