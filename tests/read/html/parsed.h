#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/html_reader.h"

namespace copydesk::tests {

inline std::vector<std::string> blocks_of(std::string_view html) {
  HtmlPage page;
  parse_html(html, page);
  std::vector<std::string> blocks;
  for (const HtmlBlock& block : page.blocks) blocks.emplace_back(page.text_of(block));
  return blocks;
}

inline HtmlDocument read_html(std::string_view html, TextChoice choice = TextChoice::kMain,
                              std::string_view url = {}, std::string_view charset = {}) {
  HtmlReader reader;
  HtmlDocument document;
  reader.read(html, url, charset, choice, document);
  return document;
}

}  // namespace copydesk::tests
