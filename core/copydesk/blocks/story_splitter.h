#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A page that holds several stories, cut into them: rules S1 and S2 of docs/blocks.md. Repeated
// titles force a cut, repeated headers forbid one; where neither speaks, words decide.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/page_layout.h"
#include "copydesk/blocks/term_statistics.h"

namespace copydesk {

struct StorySplitterOptions {
  double likeness = 0.025;         // cosine from which two lines speak for one story
  double cut_cost = 0.5;           // of a cut
  double cut_cost_by_title = 0.8;  // of a cut where some story of the page begins by its title
  double blank_gain = 0.4;         // for a cut at more blank lines than the page's median
  double headline_gain = 0.2;      // for a cut in front of a headline, lost right after one
  double full_words = 15.0;        // lines of fewer words have less weight
  std::size_t most_lines = 1024;   // of one story; bounds the work, which is their product with all
  // A line of prose has so many words, or half as many and a closing sign. What has none of them
  // and is no table either (a menu, links to other stories) is no story by itself: it goes with the
  // one before it, at the top of a page with the one behind it.
  std::uint32_t prose_words = 12;
};

struct Story {
  std::size_t begin_line = 0;  // [begin_line, end_line) of the page's lines
  std::size_t end_line = 0;
  bool has_title = false;
  std::size_t title_line = 0;
};

// Stories tile the lines. REQUIRES: `layout` is that of `lines`; `terms` holds one term for each of
// the tokens that the lines index; `statistics` has seen at least one unit.
[[nodiscard]] std::vector<Story> split_stories(std::span<const Line> lines,
                                               const PageLayout& layout,
                                               std::span<const std::uint64_t> terms,
                                               const TermStatistics& statistics,
                                               const StorySplitterOptions& options);

}  // namespace copydesk
