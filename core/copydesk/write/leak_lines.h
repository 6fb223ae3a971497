#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What decontamination finds, as JSON Lines, and the mark that a training record gets for it. The
// formats are described in docs/formats.md.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/document.h"

namespace copydesk {

// One evaluation item found in one training text. Spans are in bytes of UTF-8.
struct LeakLine {
  std::string_view id, file;  // of the training record
  std::uint64_t line = 0;
  bool is_row = false;  // of a table: `line` counts rows
  std::string_view set, item, kind;
  std::optional<bool> answer;  // whether it stands near; nothing where the item has none
  TextSpan in_text, in_item;
  std::size_t equal_tokens = 0;
  std::size_t longest_run = 0;
  std::uint64_t same_items = 0;
};

// Appends one line with its line feed.
void append_leak_line(std::string& out, const LeakLine& leak);

// The field that a marked record gets at its end.
inline constexpr std::string_view kLeakField = "copydesk_leaks";

// Appends `record` with the field above: [{"set","item","kind","answer","begin","end"}, ...].
// REQUIRES: `record` is a valid JSON object with at least one member.
void append_marked_record(std::string& out, std::string_view record,
                          std::span<const LeakLine> leaks);

}  // namespace copydesk
