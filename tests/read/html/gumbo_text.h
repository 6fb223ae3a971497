#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The text of a page by gumbo, a parser that follows the HTML standard in full: all text outside
// elements whose content does not count, without white space and invisible characters.

#include <gumbo.h>

#include <string>
#include <string_view>
#include <vector>

namespace copydesk::tests {

inline bool is_hidden_in_gumbo(const GumboNode& node) {
  switch (node.v.element.tag) {
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_OPTION:
      return true;
    default:
      return false;
  }
}

// What is left of `text` for the comparison.
inline void append_visible(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    std::size_t skip = static_cast<unsigned char>(text[i]) <= ' ' ? 1 : 0;
    for (const std::string_view blank :
         {"\u00a0", "\u00ad", "\u200b", "\ufeff", "\u202f", "\u205f", "\u2000", "\u2001", "\u2002",
          "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a"}) {
      if (rest.starts_with(blank)) skip = blank.size();
    }
    if (skip == 0) out += text[i];
    i += skip == 0 ? 1 : skip;
  }
}

// REQUIRES: `html` is valid UTF-8.
inline std::string visible_text_by_gumbo(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* const output = gumbo_parse_with_options(&options, html.data(), html.size());
  std::string text;
  std::vector<const GumboNode*> open{output->root};
  while (!open.empty()) {
    const GumboNode* const node = open.back();
    open.pop_back();
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
      append_visible(text, node->v.text.text);
    } else if (node->type == GUMBO_NODE_ELEMENT && !is_hidden_in_gumbo(*node)) {
      const GumboVector& children = node->v.element.children;
      for (unsigned i = children.length; i-- > 0;) {
        open.push_back(static_cast<const GumboNode*>(children.data[i]));
      }
    }
  }
  gumbo_destroy_output(&options, output);
  return text;
}

}  // namespace copydesk::tests
