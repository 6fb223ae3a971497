#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Abstracts as JSON Lines, as plain text and as Markdown; the formats are described in
// docs/summaries.md. As pages: summary_page.h.

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
  std::string_view url = {}, time = {}, site = {};  // empty if they are not known
};

// {"id","story","title","url","time","site","summary","missing":[...],"sentences":[{"begin","end","score",
// parts...}]} and, with `explain`, "all": every sentence of the text with its score and what became of
// it. Parts are written for the default ranking only (`has_parts`). What is not known is left out; a
// story of a page has a title always.
void append_summary_line(std::string& out, const AbstractSource& source, const Summary& summary,
                         std::string_view separator, bool has_parts, bool explain);

// What tells abstracts in one output apart: a line "== TITLE ==", or "== ID ==" where there is no
// title, and then what is known of the text: "ID, story 2, SITE, TIME" and its address.
void append_summary_heading(std::string& out, const AbstractSource& source);

// A section of Markdown: the title, which leads to the address, what is known, and the abstract.
void append_summary_markdown(std::string& out, const AbstractSource& source,
                             std::string_view abstract);

// "ID, story 2, SITE, TIME": what is known of a text besides its title and its address.
[[nodiscard]] std::string describe_source(const AbstractSource& source);

// ,"missing":[TERM...] where the abstract lacks terms that were to be in it.
void append_missing(std::string& out, std::span<const std::string> terms);

// The abstract on lines of its own; with `explain`, every sentence with its score and verdict.
void append_summary_text(std::string& out, std::string_view text, const Summary& summary,
                         std::string_view separator, bool explain);

}  // namespace copydesk
