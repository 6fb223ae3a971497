#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A page as a document: bytes in, text and metadata out.

#include <cstdint>
#include <string>
#include <string_view>

#include "copydesk/read/html/html_metadata.h"
#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/main_text.h"

namespace copydesk {

enum class TextChoice : std::uint8_t {
  kMain,  // the main text of a page
  kAll,   // all text that is shown
};

struct HtmlDocument {
  HtmlMetadata metadata;
  // A line a block: paragraphs stand apart by an empty line, items of a list begin with "- ", cells
  // of a table row are parted by tabs. Valid UTF-8.
  std::string text;
};

// Reuses its memory, unless a page was unusually large; one object per thread.
class HtmlReader {
 public:
  // Replaces `document`. `url` and `charset` (a label from an HTTP header) may be empty. Any bytes
  // are a page. REQUIRES: bytes.size() < 2^31; `bytes` outlives the use of page().
  void read(std::string_view bytes, std::string_view url, std::string_view charset,
            TextChoice choice, HtmlDocument& document);

  // What was found in the last page.
  [[nodiscard]] const HtmlPage& page() const { return page_; }
  [[nodiscard]] const MainText& main() const { return main_; }
  // "html > body > div.a": names of the elements around a block, the outermost first, at most 8.
  [[nodiscard]] std::string tag_path(const HtmlBlock& block) const;

 private:
  void append_blocks(TextChoice choice, std::string& text) const;
  bool replace_by_linked_data(std::string& text);

  std::string decoded_;
  HtmlPage page_;
  LinkedData data_;
  MainText main_;
  MainTextFinder finder_;
};

}  // namespace copydesk
