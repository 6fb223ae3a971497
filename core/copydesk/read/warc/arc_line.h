#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The line that begins a record of an ARC archive: address, IP address, time, type, length.
//
//   http://example.org/ 192.0.2.1 20240131120000 text/html 1234

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk {

struct ArcLine {
  std::string_view url;  // addresses may hold spaces
  std::string_view time;
  std::string_view type;
  std::size_t length = 0;  // of what follows the line

  // What a record, which has no id of its own, is known by.
  [[nodiscard]] std::string id() const;
};

// A length as archives write it: digits and nothing else, less than 2^62.
[[nodiscard]] bool parse_record_length(std::string_view text, std::size_t& length);

// `line` may have its line end. None if it is no such line.
[[nodiscard]] std::optional<ArcLine> parse_arc_line(std::string_view line);

}  // namespace copydesk
