#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Abstracts as JSON Lines and as a page to look at; the formats are described in docs/summaries.md.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/document.h"
#include "copydesk/summary/article_summarizer.h"

namespace copydesk {

// What an abstract was made from. `text` is the document's, or is made of `parts` of it, one behind
// the other, as the text of a page's story is; offsets are written as those of the document.
struct AbstractSource {
  std::string_view id;
  std::size_t story = 0;  // its number in the page; 0 for a document of its own
  std::string_view title;
  std::string_view text;
  std::span<const TextSpan> parts = {};
};

// {"id","summary","missing":[...],"sentences":[{"begin","end","score", parts...}]} and, with `explain`, "all":
// every sentence of the text with its score and what became of it. Parts are written for the
// default ranking only (`has_parts`). For a story of a page, "story" and "title" follow the id.
void append_summary_line(std::string& out, const AbstractSource& source, const Summary& summary,
                         std::string_view separator, bool has_parts, bool explain);

// A line that tells abstracts in one output apart: "== TITLE ==" or "== ID, story 2: TITLE ==".
void append_summary_heading(std::string& out, const AbstractSource& source, bool with_id);

// ,"missing":[TERM...] where the abstract lacks terms that were to be in it.
void append_missing(std::string& out, std::span<const std::string> terms);

// The abstract on lines of its own; with `explain`, every sentence with its score and verdict.
void append_summary_text(std::string& out, std::string_view text, const Summary& summary,
                         std::string_view separator, bool explain);

// A page that needs nothing but itself: articles with the chosen sentences marked, darker with
// rank.
void append_page_begin(std::string& out);
void append_page_article(std::string& out, std::string_view id, std::string_view title,
                         std::string_view text, const Summary& summary);
void append_page_end(std::string& out);

}  // namespace copydesk
