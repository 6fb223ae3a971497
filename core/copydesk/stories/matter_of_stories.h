#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Long articles turn to other words on their way: a guide has its lists and its tables, and what
// follows them shares little with the lines before. What it has in common with the whole is the
// matter in the title. A story whose lines keep to the words of the title before it is no other
// story: the two become one.

#include <cstdint>
#include <vector>

#include "copydesk/stories/page_prose.h"
#include "copydesk/stories/story.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

// Reuses its buffers; one object per thread.
class MatterOfStories {
 public:
  // Joins those of `stories`, which tile the page, that are of one matter. REQUIRES: the terms of
  // `prose` are numbered, and `shaped` is of the same text. Time is linear in the terms.
  void join(const ShapedText& shaped, const PageProse& prose, std::vector<Story>& stories);

 private:
  // What of a title comes back in a story: shares of its terms that do so in two lines and more, and
  // of lines that have any of them.
  struct Echo {
    double of_title = 0.0, of_lines = 0.0;
  };
  [[nodiscard]] Echo echo(const ShapedText& shaped, const PageProse& prose,
                          std::uint32_t title_line, const Story& story);
  [[nodiscard]] bool is_of_one(const ShapedText& shaped, const PageProse& prose,
                               std::uint32_t title_before, const Story& story);

  // By number of a term: 0 if it is none of the title, else 1 + how many lines of the story have it.
  std::vector<std::uint32_t> lines_with_;
  HeadlineTerms title_;
};

}  // namespace copydesk
