#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How much text each part of a page holds, and what kind of page it is by its own account.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/linked_data.h"

namespace copydesk {

// One number a node.
using NodeSums = std::vector<std::uint32_t>;

// Adds every node's value to all nodes around it.
void sum_over_subtrees(const HtmlPage& page, NodeSums& values);

// A block that is a paragraph in all likelihood: preformatted, or no heading, at most half of it
// links, and either 60 bytes with a word that ends in punctuation or 160 bytes.
[[nodiscard]] bool is_strong(const HtmlBlock& block);

struct PageSums {
  bool is_article = false, is_product = false, is_forum = false, is_questions = false;
  bool says_forum = false;  // not only because its text stands in comments
  NodeSums text;            // bytes in the node and all within
  NodeSums link;            // of these within links
  NodeSums strong;          // of strong blocks, without links
  std::vector<std::uint32_t> strong_of_block;

  // Replaces everything. Linear in nodes and blocks.
  void compute(const HtmlPage& page, const LinkedData& data);

  [[nodiscard]] double all_text() const { return text[0]; }
  [[nodiscard]] double all_strong() const { return strong[0]; }
};

// Calls visit(number) for the outermost nodes for which `is` holds, in document order.
template <class Is, class Visit>
void for_outermost(const HtmlPage& page, Is is, Visit visit) {
  for (std::uint32_t node = 1; node < page.nodes.size();) {
    if (is(node)) {
      visit(node);
      node = page.nodes[node].end;
    } else {
      ++node;
    }
  }
}

}  // namespace copydesk
