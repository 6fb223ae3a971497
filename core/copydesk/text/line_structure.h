#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which line ends of a text end a sentence. In scraped pages almost all do: paragraphs, headlines
// and captions are lines. In texts that were wrapped at a column most do not. Which of the two a
// text is, is decided once for the whole of it: a paragraph of two lines shows nothing by itself.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/sentence_class.h"
#include "copydesk/text/text_marks.h"

namespace copydesk {

// A stretch of text between two line ends that end sentences, without white space around it.
struct TextSegment {
  TextSpan span;
  std::uint32_t paragraph = 0;
};

// Reuses its buffer; one object per thread. Keeps what it read of the lines of a text of up to
// kMostKept of them, and nothing of the lines of a longer one; time is linear in the text.
class LineStructure {
 public:
  static constexpr std::size_t kMostKept = 2048;

  // Replaces the contents of `segments`. `has_no_capitals`: the text is written in small letters
  // throughout (case_use.h), so that a small letter at the start of a line tells nothing.
  // "A bridge in the\nold town fell." is one segment, "Bridge falls\nOld town cut off" is two.
  // REQUIRES: `text` is valid UTF-8, `marks` are its marks.
  void find(std::string_view text, const TextMarks& marks, bool has_no_capitals,
            std::vector<TextSegment>& segments);

  // The column at which the text is wrapped, and how many ends of its full lines are read on in
  // small letters; 0 where it is not.
  [[nodiscard]] std::size_t column() const { return column_; }
  [[nodiscard]] std::size_t readings() const { return column_ > 0 ? readings_ : 0; }

 private:
  struct Line {
    TextSpan span;            // without white space around it
    std::size_t indent = 0;   // bytes of white space in front of it
    std::size_t width = 0;    // columns, the indent included
    std::size_t opening = 0;  // columns of its first word
    SentenceClass first = SentenceClass::kOther;
    bool is_closed = false;   // ends in a terminator, closing marks behind it passed over
    bool has_hyphen = false;  // ends in a letter and a hyphen
    bool is_item = false;     // begins with a bullet or the number of a list item
  };
  // Lines without a blank one between them.
  struct Block {
    std::size_t end = 0;  // where the last of them ends
    std::size_t lines = 0;
    bool is_prose = false;  // one but the first begins in small letters, or one is closed
  };

  // Where a line begins, and the how manieth it is.
  struct Place {
    std::size_t at = 0, number = 0;
  };

  // Reads the line that begins at `at`, and moves `at` behind it; false if it is blank.
  bool read_line(std::size_t& at, Line& line) const;
  // The same from what is kept, if anything is.
  bool next_line(Place& place, Line& line) const;
  void keep_lines();
  // Whether a blank line stands between any two others; then each is a segment.
  bool find_lone_lines(std::vector<TextSegment>& segments) const;
  [[nodiscard]] Block read_block(Place begin) const;
  template <class Take>
  void for_each_line(Take&& take) const;
  [[nodiscard]] std::size_t width_of_lines() const;
  void find_column();
  [[nodiscard]] bool is_wrapped_at(std::size_t column, std::size_t slack,
                                   std::size_t fewest_readings);
  [[nodiscard]] bool goes_on(const Line& line, const Line& next, const Block& block,
                             bool is_first) const;
  [[nodiscard]] bool begins_small(const Line& line) const {
    return !has_no_capitals_ && line.first == SentenceClass::kLower;
  }

  std::string_view text_;
  const TextMarks* marks_ = nullptr;
  CharacterReader reader_{std::string_view()};
  std::vector<Line> kept_;
  std::vector<std::size_t> nexts_;  // of kept lines: where the next begins
  std::size_t column_ = 0;          // at which the text is wrapped; 0: it is not
  std::size_t readings_ = 0;
  bool has_no_capitals_ = false;
};

}  // namespace copydesk
