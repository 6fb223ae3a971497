#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The lines of prose of a page, later copies left out, and the numbers of their terms: those that
// stand in several lines come first, because they are all that lines have in common.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/stories/prose_windows.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

// The terms of a headline that have four letters and more: how many, and the numbers of those that
// stand in prose, once for each time the headline has them.
struct HeadlineTerms {
  std::size_t count = 0;
  std::vector<std::uint32_t> numbers;
};

// Reuses its buffers; one object per thread.
class PageProse {
 public:
  // Finds the lines of prose. Their terms are not numbered yet.
  void find(const ShapedText& shaped);
  // Makes numbers of the terms of lines of prose, once. REQUIRES: find() was called for `shaped`.
  void number(ShapedText& shaped);

  // Replaces `terms` by those of a line that is no prose; none where it has no terms. REQUIRES: the
  // terms are numbered.
  void read_headline(const ShapedText& shaped, std::uint32_t line, HeadlineTerms& terms) const;

  // Ascending. What they say of terms is true once these are numbered.
  [[nodiscard]] std::span<const ProseLine> lines() const { return lines_; }
  [[nodiscard]] const TermNumbers& vocabulary() const { return vocabulary_; }
  // How many lines have each term, by its number.
  [[nodiscard]] std::span<const std::uint32_t> lines_with() const { return lines_with_; }

 private:
  // A term: 1 + the line it was seen in last, and how many lines have it.
  struct Seen {
    std::uint32_t last = 0, lines = 0;
  };
  std::vector<ProseLine> lines_;
  TermNumbers vocabulary_;
  bool is_numbered_ = false;
  std::vector<Seen> seen_;  // by number
  std::vector<std::uint32_t> lines_with_;
  std::vector<std::uint32_t> single_;  // of a line: the numbers of terms of no other
};

}  // namespace copydesk
