// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/warc/arc_line.h"

#include <charconv>

#include "copydesk/read/html/ascii.h"

namespace copydesk {

std::string ArcLine::id() const {
  std::string id(url);
  id += ' ';
  id += time;
  return id;
}

bool parse_record_length(std::string_view text, std::size_t& length) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  return !text.empty() && error == std::errc{} && rest == text.data() + text.size() &&
         length < (std::size_t{1} << 62);
}

std::optional<ArcLine> parse_arc_line(std::string_view line) {
  line = trim_html_space(line);
  std::string_view last[4];  // length, type, time, IP address
  for (std::string_view& field : last) {
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos) return std::nullopt;
    field = line.substr(space + 1);
    line = line.substr(0, space);
  }
  ArcLine found{line, last[2], last[1], 0};
  if (!parse_record_length(last[0], found.length)) return std::nullopt;
  return found;
}

}  // namespace copydesk
