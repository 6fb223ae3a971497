#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text whose lines repeat by their nature: tables, lists, code, verse. A repeated line among its
// like is content and must survive, however short it is. In a table a cell "0" may stand a hundred
// times, in a song its refrain four times.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/blocks/line_list.h"

namespace copydesk {

class StructuredLines {
 public:
  // `skipped` are lines that are no neighbors of others; it may be empty. REQUIRES: `lines` are
  // those of `text`; both outlive this object.
  StructuredLines(std::string_view text, std::span<const Line> lines,
                  const std::vector<bool>& skipped);

  // Whether the line stands in such a text, judged by itself and the three lines on either side of
  // it that are not its copies and not skipped. The time does not depend on how many copies or
  // skipped lines stand between. REQUIRES: line < lines.size().
  [[nodiscard]] bool contains(std::size_t line);

  // Lines looked at so far.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

 private:
  // A line that is not skipped, and the run of equal ones it belongs to: [begin, end) of seen_.
  struct Seen {
    std::uint32_t line, run_begin, run_end;
  };

  std::string_view text_;
  std::span<const Line> lines_;
  std::vector<Seen> seen_;             // ascending
  std::vector<std::uint32_t> before_;  // by line: how many of seen_ are before it
  std::uint64_t steps_ = 0;
};

}  // namespace copydesk
