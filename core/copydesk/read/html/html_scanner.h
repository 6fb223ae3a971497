#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// HTML to texts and tags, in one forward pass: "a<b class=x>c" gives the text "a", the start tag
// "b" with one attribute, the text "c". Comments, doctypes and processing instructions are passed
// over. Any bytes are HTML: what is no tag is text. Nothing is copied; time is linear in the bytes.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "copydesk/read/html/element.h"

namespace copydesk {

struct HtmlTag {
  std::size_t position = 0;  // of the name
  std::uint32_t name_hash = 0;
  Element element = Element::kNone;
  bool is_end = false;
  bool is_self_closing = false;  // "<br/>"; known once the attributes were read
};

struct HtmlAttribute {
  std::string_view name;   // as written
  std::string_view value;  // as written, without quotes; empty if there is none
};

class HtmlScanner {
 public:
  enum class Token : std::uint8_t { kText, kTag, kEnd };

  // REQUIRES: `html` outlives the scanner.
  explicit HtmlScanner(std::string_view html) : html_(html) {}

  // Goes on to the next token. REQUIRES: all attributes of the last tag were read.
  Token next();

  // Of the last text, which is never empty; adjoining texts may come in several tokens.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const HtmlTag& tag() const { return tag_; }

  // Reads the next attribute of the last tag. False behind the last one; the scanner then stands
  // behind the tag.
  bool next_attribute(HtmlAttribute& attribute);
  // Passes over all attributes of the last tag.
  void skip_attributes() {
    if (at_ < html_.size() && html_[at_] == '>') {
      ++at_;
      return;
    }
    HtmlAttribute ignored;
    while (next_attribute(ignored)) {
    }
  }

  // Within <svg> and <math> "<![CDATA[" begins a section, elsewhere a comment.
  void set_foreign(bool foreign) { foreign_ = foreign; }

  // Passes over everything up to and with the end tag of the element just begun, whose content is
  // no markup, and returns that content.
  std::string_view take_raw_text();

 private:
  void pass_declaration();
  void pass_behind(std::string_view mark, std::size_t from);
  void begin_tag(std::size_t name);

  std::string_view html_;
  std::size_t at_ = 0;
  std::string_view text_;
  HtmlTag tag_;
  std::size_t name_size_ = 0;
  bool foreign_ = false;
  bool has_comment_end_ = true;  // from here on, as far as is known
};

}  // namespace copydesk
