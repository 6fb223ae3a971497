#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a page's JSON-LD says: {"@type":"NewsArticle","headline":"Mill burns",
// "author":{"name":"A. Berg"}} gives a headline and an author. One in 25 of such scripts is no
// valid JSON (raw line feeds, commas too many), so it is scanned, not parsed.

#include <span>
#include <string>
#include <string_view>

namespace copydesk {

struct LinkedData {
  std::string headline, author, published, site, publisher, article_body, product_description;
  bool has_article = false, has_product = false, has_forum = false, has_questions = false;

  // Replaces everything by what the scripts say, the first that says it. Authors of one article are
  // joined by commas. Strings are unescaped and valid UTF-8.
  void read(std::span<const std::string_view> scripts);
};

}  // namespace copydesk
