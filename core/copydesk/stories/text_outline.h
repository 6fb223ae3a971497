#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The headings and items of a text that is one document: a manual, a licence, a change log, a text
// in Markdown. They look like headlines, and begin no story. "## Building" in a text of three
// depths of headings, "* New upstream version", "Files: src/*" over "License: BSD".

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

// Reuses its buffers; one object per thread.
class TextOutline {
 public:
  // Looks at the lines of `text`, which `shaped` is of. Lines behind a rule of signs that
  // underlines a heading lose kAfterRule. Time is linear in the text. What is below is asked behind
  // it.
  void find(std::string_view text, ShapedText& shaped);

  // No headline: an item of a list, a line of code or quoted mail, a label with its value. Where a
  // text marks its headings, any line that is not marked.
  [[nodiscard]] bool is_item(std::size_t line) const { return kinds_[line] >= kItem; }
  // Of them those that are no title at the top of a text either: a label with its value beside
  // another such line, "Price: 89 EUR" over "Weight: 1.2 kg", and lines of quoted mail, of comments
  // and of code.
  [[nodiscard]] bool is_no_title(std::size_t line) const { return kinds_[line] >= kSign; }
  // The heading at the very top, where it is marked and the only one so high: the title of all.
  // kNoHeading if there is none.
  static constexpr std::size_t kNoHeading = ~std::size_t{0};
  [[nodiscard]] std::size_t top_heading() const { return top_heading_; }
  // Whether a section begins in these lines and no story. Where a text is set at a column and its
  // paragraphs stand at several depths, as those of manuals do, and in code, everywhere.
  [[nodiscard]] bool holds_section(TextSpan lines) const;
  // Whether the text is such a one: a section is wherever it is asked.
  [[nodiscard]] bool is_indented() const { return is_indented_ || is_code_; }
  // Whether no line is wider than 110 characters, as in files that are written for a window or for paper.
  [[nodiscard]] bool is_narrow() const { return is_narrow_; }
  // Whether the text marks its headings, by signs in front of them or under them: then it has a
  // heading wherever something begins.
  [[nodiscard]] bool has_marks() const { return marked_ >= kFewestMarked; }

 private:
  static constexpr std::size_t kFewestMarked = 2;
  enum Kind : std::uint8_t { kNone, kTopHeading, kHeading, kItem, kSign, kLabel };
  void find_fences(std::string_view text);
  void find_marked_headings(std::string_view text, const ShapedText& shaped);
  void find_underlines(std::string_view text, ShapedText& shaped);
  void find_questions(std::string_view text, const ShapedText& shaped);
  void find_items(std::string_view text, const ShapedText& shaped, bool has_column);

  std::vector<std::uint8_t> kinds_;  // of lines
  std::vector<std::size_t> fences_;  // where code begins and ends, in turns
  std::size_t marked_ = 0;           // headings
  std::size_t depths_ = 0;           // of them
  std::size_t top_heading_ = kNoHeading;
  bool is_narrow_ = false;
  bool is_indented_ = false;
  bool is_code_ = false;
};

}  // namespace copydesk
