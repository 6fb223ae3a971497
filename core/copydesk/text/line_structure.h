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

// One object per thread. Keeps nothing for each line; time is linear in the text.
class LineStructure {
 public:
  // Replaces the contents of `segments`. `has_no_capitals`: the text is written in small letters
  // throughout (case_use.h), so that a small letter at the start of a line tells nothing.
  // "A bridge in the\nold town fell." is one segment, "Bridge falls\nOld town cut off" is two.
  // REQUIRES: `text` is valid UTF-8, `marks` are its marks.
  void find(std::string_view text, const TextMarks& marks, bool has_no_capitals,
            std::vector<TextSegment>& segments);

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

  // Reads the line that begins at `at`, and moves `at` behind it; false if it is blank.
  bool read_line(std::size_t& at, Line& line) const;
  [[nodiscard]] Block read_block(std::size_t begin) const;
  void find_column();
  [[nodiscard]] bool goes_on(const Line& line, const Line& next, const Block& block,
                             bool is_first) const;
  [[nodiscard]] bool begins_small(const Line& line) const {
    return !has_no_capitals_ && line.first == SentenceClass::kLower;
  }

  std::string_view text_;
  const TextMarks* marks_ = nullptr;
  CharacterReader reader_{std::string_view()};
  std::size_t column_ = 0;  // at which the text is wrapped; 0: it is not
  bool has_no_capitals_ = false;
};

}  // namespace copydesk
