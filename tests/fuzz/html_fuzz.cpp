// SPDX-License-Identifier: Apache-2.0
//
// Bytes as a page. Whatever they are, what comes out is valid UTF-8, blocks stand in order within
// the page, every block has its reason, and a second reading gives the same.
#include <string>
#include <string_view>

#include "copydesk/read/html/character_set.h"
#include "copydesk/read/html/html_reader.h"
#include "copydesk/text/utf8.h"
#include "property.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

void check_page(const HtmlPage& page) {
  require(is_valid_utf8(page.text), "the text is valid UTF-8");
  std::size_t end = 0;
  std::size_t source_end = 0;
  for (const HtmlBlock& block : page.blocks) {
    require(block.begin >= end && block.size > 0, "blocks stand in order and are not empty");
    end = std::size_t{block.begin} + block.size;
    require(block.source_begin >= source_end && block.source_end > block.source_begin,
            "blocks stand in order in the page");
    source_end = block.source_end;
    require(block.link <= block.size && block.node < page.nodes.size(), "numbers are in range");
  }
  require(end <= page.text.size() && source_end <= page.source.size(),
          "blocks are within the page");
  for (std::size_t i = 0; i < page.nodes.size(); ++i) {
    const HtmlNode& node = page.nodes[i];
    require(i == 0 || node.parent < i, "a parent stands before its children");
    require(node.end > i && node.end <= page.nodes.size(), "subtrees are ranges");
    require(node.first_block <= node.end_block && node.end_block <= page.blocks.size(),
            "the blocks of a node are a range");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  const std::size_t set = choices.next(kCharacterSetNames.size() + 1);
  const TextChoice choice = choices.next(2) == 0 ? TextChoice::kMain : TextChoice::kAll;
  const std::string_view charset = set == 0 ? std::string_view() : kCharacterSetNames[set - 1];
  HtmlReader reader;
  HtmlDocument first;
  HtmlDocument second;
  reader.read(choices.rest(), {}, charset, choice, first);
  check_page(reader.page());
  require(reader.main().reasons.size() == reader.page().blocks.size(), "every block has a reason");
  for (const HtmlBlock& block : reader.page().blocks) {
    require(reader.tag_path(block).starts_with("body"), "every block has a path");
  }
  reader.read(choices.rest(), {}, charset, choice, second);
  const HtmlMetadata& metadata = first.metadata;
  for (const std::string_view text :
       {std::string_view(first.text), std::string_view(metadata.title),
        std::string_view(metadata.time), std::string_view(metadata.author),
        std::string_view(metadata.site_name), std::string_view(metadata.language),
        std::string_view(metadata.url)}) {
    require(is_valid_utf8(text), "what is handed on is valid UTF-8");
  }
  require(first.text == second.text && metadata.title == second.metadata.title,
          "the same bytes give the same document");
  return 0;
}
