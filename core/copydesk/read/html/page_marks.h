#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which elements of a page stand around its main text: navigation, comments, consent dialogs.

#include <cstdint>
#include <vector>

#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/main_text.h"
#include "copydesk/read/html/page_sums.h"

namespace copydesk {

class PageMarks {
 public:
  // Marks nodes, at first by everything that hints at furniture; where that would leave too little
  // of the page, again by stronger hints only, up to three times.
  void compute(const HtmlPage& page, const PageSums& sums);

  [[nodiscard]] bool is_marked(std::uint32_t node) const { return marks_[node] != kNone; }
  // REQUIRES: the node is marked.
  [[nodiscard]] BlockReason reason(std::uint32_t node) const { return marks_[node]; }

  NodeSums unmarked_strong;  // as in PageSums, of what is not marked
  NodeSums unmarked_text;

 private:
  static constexpr BlockReason kNone = BlockReason::kText;

  [[nodiscard]] BlockReason judge(const HtmlPage& page, const PageSums& sums, std::uint32_t node,
                                  int pass) const;
  // Marks in one pass; returns the strong bytes that are no loss.
  double mark(const HtmlPage& page, const PageSums& sums, int pass);

  std::vector<BlockReason> marks_;     // with those of the nodes around
  std::vector<std::uint8_t> in_main_;  // within <article>, <main> or role=main
};

}  // namespace copydesk
