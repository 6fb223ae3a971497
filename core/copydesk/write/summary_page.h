#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Abstracts as HTML pages for people: a newsletter of titles, links and abstracts, and the page that
// shows the chosen sentences in their texts. Both begin with an index. See page/page.h for what holds
// of all pages.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/stream/spill_buffer.h"
#include "copydesk/summary/article_summarizer.h"
#include "copydesk/write/family_lines.h"
#include "copydesk/write/summary_lines.h"

namespace copydesk {

// An article of a page and its row of the index, both without their numbers.
struct PageArticle {
  std::string row, article;
};

// The abstract alone.
void append_newsletter_article(PageArticle& out, const AbstractSource& source,
                               std::string_view abstract);
// The abstract, and the text with the chosen sentences marked.
void append_marked_article(PageArticle& out, const AbstractSource& source, const Summary& summary);

// The abstract of a family, and its texts with titles, outlets and links. With `with_printers`, what
// printed each sentence first.
void append_family_article(PageArticle& out, std::string_view name,
                           std::span<const FamilyText> members, const FamilySummary& summary,
                           bool with_printers);

// Takes the articles of a page in order and gives the page. Beyond a few MB they wait in the folder
// for temporary files until the index is complete.
class AbstractPage {
 public:
  // Throws as SpillBuffer does.
  explicit AbstractPage(const std::string& folder);

  void add(const PageArticle& article);
  // `title` is ours. Calls `take` with one part of the page after the other.
  void write(std::string_view title, const std::function<void(std::string_view)>& take) const;

 private:
  SpillBuffer rows_, articles_;
  std::uint64_t count_ = 0;
};

}  // namespace copydesk
