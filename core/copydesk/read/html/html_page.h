#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A page as flat arrays: its elements in document order, and its text as blocks. Of
// "<div><p>One <b>two</b><p>Three</div>" the nodes are (page), div, p, b, p, the blocks "One two"
// and "Three". A child always has a higher number than its parent, so sums over all subtrees are
// one loop backward; nothing here is recursive.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/html/element.h"

namespace copydesk {

struct HtmlNode {
  std::uint32_t parent = 0;    // node 0 is the page and its own parent
  std::uint32_t end = 0;       // the nodes [own number, end) are this one and what it contains
  std::uint32_t position = 0;  // of the element's name in the decoded page
  std::uint32_t name_hash = 0;
  std::uint32_t hints = 0;        // bits of Hint
  std::uint32_t first_block = 0;  // the blocks [first_block, end_block) have text of it
  std::uint32_t end_block = 0;
  Element element = Element::kBody;
};

// A run of text between block-level tags; two line breaks in a row end it too.
struct HtmlBlock {
  std::uint32_t begin = 0;         // in HtmlPage::text
  std::uint32_t size = 0;          // in bytes, at least 1
  std::uint32_t source_begin = 0;  // where its first and last bytes stand in the decoded page
  std::uint32_t source_end = 0;
  std::uint32_t node = 0;        // the innermost block-level element around it
  std::uint32_t link = 0;        // bytes within links and buttons, at most size
  std::uint32_t punctuated = 0;  // words that end in punctuation of the running text
  std::uint32_t words = 0;
  std::uint8_t heading = 0;  // 1 to 6; 0 for none
  bool in_list = false;
  bool in_cell = false;
  bool preformatted = false;

  [[nodiscard]] double link_share() const { return double(link) / size; }
};

// What elements and attributes say of the page as a whole, as written there.
struct HtmlStatements {
  std::string_view title;      // content of <title>
  std::string_view language;   // lang of <html>, else content-language
  std::string_view canonical;  // link rel=canonical
  std::string_view og_title, og_site_name, og_type, og_url, og_locale;
  std::string_view author;                    // meta author and its kin
  std::string_view published;                 // meta article:published_time and its kin
  std::string_view time_element;              // datetime of the first <time>
  std::string_view item_published;            // itemprop datePublished
  std::vector<std::string_view> linked_data;  // contents of script type=application/ld+json
  bool is_forum = false;                      // by itemtype; linked data may say so too
  bool is_questions = false;
  bool is_product = false;
};

struct HtmlPage {
  // Bounds on what one page may take: elements nested deeper or beyond the number, and the ends of
  // blocks beyond theirs, are passed over; their text stays.
  static constexpr std::size_t kMostDepth = 512;
  static constexpr std::size_t kMostNodes = std::size_t{1} << 19;
  static constexpr std::size_t kMostBlocks = std::size_t{1} << 18;

  std::string_view source;  // the decoded page
  std::vector<HtmlNode> nodes;
  std::vector<HtmlBlock> blocks;
  std::string text;  // of all blocks, valid UTF-8; between them one line feed
  HtmlStatements statements;

  [[nodiscard]] std::string_view text_of(const HtmlBlock& block) const {
    return std::string_view(text).substr(block.begin, block.size);
  }
};

// Replaces `page` by what `source` holds. REQUIRES: `source` is valid UTF-8 of less than 2^32 bytes
// and outlives the use of `page`. Time is linear in the bytes of `source`.
void parse_html(std::string_view source, HtmlPage& page);

}  // namespace copydesk
