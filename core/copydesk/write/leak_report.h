#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Evaluation items found in training text as one HTML file for people: a table of the sets, and
// below it items and what was found of them side by side. See page/page.h for what holds of all pages.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/document.h"
#include "copydesk/stream/byte_sink.h"

namespace copydesk {

// What was found of one evaluation set.
struct LeakCounts {
  std::string set;
  std::uint64_t items = 0;
  std::uint64_t items_too_short = 0;    // to be looked for
  std::uint64_t items_found = 0;
  std::uint64_t items_with_answer = 0;  // of those found: somewhere with the answer near
  std::uint64_t hits = 0;               // places
  std::uint64_t documents = 0;          // training texts with any
  std::uint64_t whole = 0, run = 0, passage = 0;  // places by kind
};

// A text with one stretch marked, cut to what stands around it.
struct LeakExcerpt {
  std::string before, marked, after;
};

// [begin, end) of `text`, and so many bytes on both sides as a reader needs to see where it stands.
[[nodiscard]] LeakExcerpt make_excerpt(std::string_view text, const TextSpan& span);

struct ShownLeak {
  std::string set, item, place;  // `place`: the training record
  std::string strength;          // such as "whole, with its answer"
  LeakExcerpt in_item, in_text;
};

// Writes the whole page. `more`: further places that are not shown.
void write_leak_report(ByteSink& sink, std::uint64_t documents, std::span<const LeakCounts> counts,
                       std::span<const ShownLeak> leaks, std::uint64_t more);

}  // namespace copydesk
