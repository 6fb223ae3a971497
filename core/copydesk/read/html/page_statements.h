#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the attributes of one start tag say: hints for its element, statements about the page.

#include <cstdint>
#include <string_view>

#include "copydesk/read/html/class_words.h"
#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/html_scanner.h"

namespace copydesk {

// REQUIRES: the source of all tags and attributes outlives this object.
class StatementReader {
 public:
  void begin(const HtmlTag& tag);
  void add(const HtmlAttribute& attribute);
  // Behind the last attribute.
  void finish(HtmlStatements& statements) const;
  // Of an element whose content is no markup.
  void add_content(Element element, std::string_view content, HtmlStatements& statements) const;

  [[nodiscard]] std::uint32_t hints() const { return hints_; }

 private:
  void add_item(const HtmlAttribute& attribute);
  void finish_meta(HtmlStatements& statements) const;

  HintMemory known_hints_;
  Element element_ = Element::kNone;
  std::uint32_t hints_ = 0;
  // As written; empty if absent.
  std::string_view name_, content_, relation_, address_, type_, item_type_, datetime_, language_;
  bool is_published_item_ = false;
};

}  // namespace copydesk
