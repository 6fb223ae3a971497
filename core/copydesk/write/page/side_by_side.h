#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Two texts side by side, with what they share colored and what differs marked: "the old crane" beside
// "the crane" is "the <del>old</del> crane" beside "the crane".

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/reuse/passage_aligner.h"

namespace copydesk {

// A text and the places of its tokens.
struct ShownText {
  std::string_view text;  // valid UTF-8
  std::vector<TextSpan> tokens;
};

struct SideBySide {
  ShownText left, right;
  std::span<const Passage> passages;  // a is the left text, b the right one; with their runs
  std::string left_name, right_name;  // above the texts; HTML, escaped by who gives it
  // Links lead from a passage to its other side, by ids that begin with it; empty: there are none.
  std::string anchor;
  std::size_t most_bytes = 20'000;    // of a text that are shown
  // Of equal words in a row only so many at either end are shown; 0: all.
  std::size_t ends_shown = 0;
  // Whether all that is outside of passages is marked as different, too.
  bool marks_all = false;
};

void append_side_by_side(std::string& out, const SideBySide& compared);

}  // namespace copydesk
