// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/page_sums.h"

#include "copydesk/read/html/class_words.h"

namespace copydesk {

void sum_over_subtrees(const HtmlPage& page, NodeSums& values) {
  for (std::size_t node = page.nodes.size(); node-- > 1;) {
    values[page.nodes[node].parent] += values[node];
  }
}

bool is_strong(const HtmlBlock& block) {
  if (block.preformatted) return true;
  if (block.heading != 0 || block.link_share() > 0.5) return false;
  return (block.size >= 60 && block.punctuated >= 1) || block.size >= 160;
}

void PageSums::compute(const HtmlPage& page, const LinkedData& data) {
  const std::size_t count = page.nodes.size();
  text.assign(count, 0);
  link.assign(count, 0);
  strong.assign(count, 0);
  strong_of_block.clear();
  for (const HtmlBlock& block : page.blocks) {
    const std::uint32_t bytes = is_strong(block) ? block.size - block.link : 0;
    strong_of_block.push_back(bytes);
    text[block.node] += block.size;
    link[block.node] += block.link;
    strong[block.node] += bytes;
  }
  sum_over_subtrees(page, text);
  sum_over_subtrees(page, link);
  sum_over_subtrees(page, strong);

  const HtmlStatements& said = page.statements;
  is_article = said.og_type == "article" || data.has_article;
  is_product = said.is_product || data.has_product || said.og_type == "product" ||
               said.og_type == "og:product";
  is_questions = said.is_questions || data.has_questions;
  says_forum = said.is_forum || data.has_forum;
  double in_comments = 0.0;
  for_outermost(
      page,
      [&](std::uint32_t node) {
        const HtmlNode& n = page.nodes[node];
        return (n.hints & kHintComments) != 0 && is_block_level(n.element) &&
               n.element != Element::kMain;
      },
      [&](std::uint32_t node) { in_comments += strong[node]; });
  // Programs for forums call posts comments.
  is_forum = says_forum || is_questions ||
             (all_strong() > 0.0 && in_comments > 0.8 * all_strong() && !is_article);
}

}  // namespace copydesk
