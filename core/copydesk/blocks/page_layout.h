#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What repeats within one page: titles and captions printed twice, teasers, the labels between
// them. Rule S1 of docs/blocks.md. The first copy stays; the others, and the labels, are no part of
// the text. Repeated titles also tell where stories begin.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/blocks/line_list.h"

namespace copydesk {

enum class PageLine : std::uint8_t {
  kText,     // no repeat
  kTitle,    // headline whose copies stand apart
  kCaption,  // line whose copies stand close together
  kTeaser,   // line whose copies stand far apart
  kChrome,   // short label that repeats between the others
};

struct PageLineRole {
  PageLine kind = PageLine::kText;
  std::uint32_t first = 0;  // index of the line's first copy in the page; its own index if it is it
  std::uint32_t count = 1;  // of copies in the page

  // Whether cleaning the page takes line number `index` out.
  [[nodiscard]] bool is_cut(std::size_t index) const {
    return kind == PageLine::kChrome || (kind != PageLine::kText && first != index);
  }
};

struct LineRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct PageLayout {
  std::vector<PageLineRole> roles;        // one a line
  std::vector<LineRange> headers;         // ranges spanned by copies, ascending and disjoint
  std::vector<std::size_t> story_starts;  // lines where a story begins by its title, ascending
};

struct PageLayoutOptions {
  std::uint32_t near_lines = 8;    // copies at most so many lines apart make a header
  std::uint32_t block_words = 4;   // a repeated line of fewer words can only be chrome
  std::uint32_t teaser_words = 8;  // a repeat far away with an end of sentence has at least so many
};

// REQUIRES: `lines` are those of `text`. Replaces the contents of `layout`.
void find_page_layout(std::string_view text, std::span<const Line> lines,
                      const PageLayoutOptions& options, PageLayout& layout);

// 3 to 20 words without an end of sentence.
[[nodiscard]] bool is_headline_like(const Line& line);

}  // namespace copydesk
