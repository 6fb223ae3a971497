#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which line ends of a text end a sentence. In scraped pages almost all do: paragraphs, headlines
// and captions are lines. In texts that were wrapped at a column most do not.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/text_marks.h"

namespace copydesk {

// A stretch of text between two line ends that end sentences, without white space around it.
struct TextSegment {
  TextSpan span;
  std::uint32_t paragraph = 0;
};

// Reuses its buffers; one object per thread.
class LineStructure {
 public:
  // Replaces the contents of `segments`. REQUIRES: `text` is valid UTF-8, `marks` are its marks.
  void find(std::string_view text, const TextMarks& marks, std::vector<TextSegment>& segments);

 private:
  struct Line {
    TextSpan span;  // without white space around it
    std::size_t width = 0;
    bool is_indented = false;
  };
  void close_block(std::string_view text, std::vector<TextSegment>& segments);
  [[nodiscard]] bool goes_on(std::string_view text, const Line& line, const Line& next) const;

  std::vector<Line> block_;  // lines without a blank one between them
  std::size_t widest_ = 0;
  bool is_wrapped_ = false;
  std::uint32_t paragraph_ = 0;
};

}  // namespace copydesk
