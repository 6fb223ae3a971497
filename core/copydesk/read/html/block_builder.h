#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Texts and the ends of blocks to HtmlPage::blocks.

#include <cstdint>
#include <string_view>

#include "copydesk/read/html/html_page.h"

namespace copydesk {

// What is open around a text.
struct HtmlContext {
  std::uint32_t block_node = 0;  // the innermost block-level element
  std::uint8_t heading = 0;
  bool hidden = false;  // the text does not count
  bool link = false;
  bool preformatted = false;
  bool list_item = false;
  bool cell = false;
};

class BlockBuilder {
 public:
  // REQUIRES: `page` outlives this object. Empties its blocks and text.
  explicit BlockBuilder(HtmlPage& page);

  // `text` stands within page.source.
  void add_text(std::string_view text, const HtmlContext& context);
  void add_line_break(const HtmlContext& context);
  // A space before what follows, if anything stands before it.
  void add_space() { space_ = true; }
  // Ends the block that is open, if there is one.
  void end_block();
  // The same at the end of the page, whatever the number of blocks.
  void finish_block();

  // How many blocks there are, with the open one.
  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(page_.blocks.size()) + (open_ ? 1 : 0);
  }
  [[nodiscard]] std::uint32_t finished() const {
    return static_cast<std::uint32_t>(page_.blocks.size());
  }

 private:
  void begin_block(const HtmlContext& context, const char* source);
  void add_preformatted_space(char c);
  std::size_t add_reference(std::string_view text, std::size_t at, const HtmlContext& context);
  void add_word(std::string_view word, bool link);
  std::size_t add_simple(std::string_view text, std::size_t begin, bool link);
  void drop_trailing_space(bool with_line_feeds);

  HtmlPage& page_;
  HtmlBlock block_;
  bool open_ = false;
  bool space_ = false;   // white space since the last word
  int line_breaks_ = 0;  // <br> since the last word
};

}  // namespace copydesk
