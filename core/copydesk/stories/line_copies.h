#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which lines of a page say what another one says: titles and captions printed twice, passages
// printed twice. In "A title / caption / caption / A title / prose" the second caption and the
// second title are later copies, and near.

#include <cstdint>
#include <vector>

#include "copydesk/text/line_shape.h"

namespace copydesk {

class LineCopies {
 public:
  // Sets kLaterCopy, kNearCopy and `copies` of the lines; takes kProseLine off those that are prose
  // by their shape only: titles and captions near a copy, headlines that end in a question mark.
  // Passages printed twice stay prose; short speech and verse have no copies. Time is linear in the
  // lines but for sorting repeats.
  void find(ShapedText& shaped);

  // Whether the text is verse: hardly a line of more than 12 words, most of 3 and more.
  [[nodiscard]] bool is_verse() const { return is_verse_; }

  // The last line with the words of `line`; itself if there is no other. REQUIRES: find() was
  // called for these lines, and the line has 3 words.
  [[nodiscard]] std::uint32_t last_copy(std::uint32_t line) const;

 private:
  // A line that has copies, with the first of them.
  struct Repeat {
    std::uint32_t first, line;
    friend auto operator<=>(const Repeat&, const Repeat&) = default;
  };
  void collect(ShapedText& shaped);
  void mark_near(ShapedText& shaped) const;
  void clear_headers(ShapedText& shaped) const;
  [[nodiscard]] bool is_in_passage(const std::vector<LineShape>& lines,
                                   const std::vector<bool>& was_prose, std::uint32_t line) const;
  [[nodiscard]] std::size_t place_of(std::uint32_t line) const;

  bool is_verse_ = false;
  std::vector<std::uint32_t> slots_;  // 1 + the first line with a key, by its hash
  std::vector<Repeat> repeats_;       // of lines of 3 and more words, ascending
  std::vector<std::pair<std::uint32_t, std::uint32_t>> by_line_;  // line, place in repeats_
};

}  // namespace copydesk
