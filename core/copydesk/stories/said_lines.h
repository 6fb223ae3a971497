#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Lines that say something, collected paragraph by paragraph into the parts of a story's body: line
// by line with its end, and an empty part, which is a line feed, between two paragraphs.

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_ending.h"

namespace copydesk {

// A line without its end, and where the next one begins.
struct TextLine {
  TextSpan span;
  std::size_t next = 0;
};

// The line that begins at `begin`, without white space at its end.
inline TextLine line_at(std::string_view text, std::size_t begin) {
  const std::size_t feed = std::min(text.find('\n', begin), text.size());
  std::size_t end = feed;
  while (end > begin && is_ascii_space(text[end - 1])) --end;
  return {{begin, end}, std::min(feed + 1, text.size())};
}

// The same without white space in front.
inline TextSpan without_indent(std::string_view text, TextSpan span) {
  while (span.begin < span.end && is_ascii_space(text[span.begin])) ++span.begin;
  return span;
}

// Whether a sentence ends with it.
inline bool is_closed(std::string_view line) {
  return !line.empty() && find_line_ending(line).is_closed;
}

// Takes lines in, paragraph by paragraph.
class SaidLines {
 public:
  SaidLines(std::string_view text, std::vector<TextSpan>& said) : text_(text), said_(said) {}

  // What a line says: all of it from `said` on, with its end, or a part of it.
  void add(TextSpan said, const TextLine& line) {
    const std::size_t end = said.end == line.span.end ? line.next : said.end;
    if (!is_open() && first_ > 0) feed(said.begin);
    said_.push_back({said.begin, end});
    if (end == said.end) feed(end);
    is_open_ = true;
    sentences_ += is_closed(said.of(text_)) ? 1 : 0;
  }

  // A paragraph ends, if one has begun; it is let go if that is asked for.
  void end_paragraph(bool is_dropped = false) {
    if (is_dropped) said_.resize(first_);
    first_ = said_.size();
    is_open_ = false;
  }

  // Where the paragraph begins, and what lets go all from there on.
  [[nodiscard]] std::size_t paragraph() const { return first_; }
  void drop_from(std::size_t paragraph) {
    first_ = paragraph;
    end_paragraph(true);
  }

  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] std::size_t sentences() const { return sentences_; }
  // Of the lines of the paragraph.
  template <class Is>
  [[nodiscard]] bool any_of(Is&& is) const {
    return std::any_of(said_.begin() + static_cast<std::ptrdiff_t>(first_), said_.end(),
                       [&](const TextSpan& part) {
                         return !part.empty() && is(line_at(text_, part.begin).span.of(text_));
                       });
  }

 private:
  void feed(std::size_t at) { said_.push_back({at, at}); }

  std::string_view text_;
  std::vector<TextSpan>& said_;
  std::size_t first_ = 0;  // of the paragraph
  std::size_t sentences_ = 0;
  bool is_open_ = false;
};

}  // namespace copydesk
