#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Abstracts as JSON Lines and as a page to look at; the formats are described in docs/summaries.md.

#include <span>
#include <string>
#include <string_view>

#include "copydesk/summary/article_summarizer.h"

namespace copydesk {

// {"id","summary","missing":[...],"sentences":[{"begin","end","score", parts...}]} and, with
// `explain`, "all": every sentence of the text with its score and what became of it. Parts are
// written for the default ranking only (`has_parts`).
void append_summary_line(std::string& out, std::string_view id, std::string_view text,
                         const Summary& summary, std::string_view separator, bool has_parts,
                         bool explain);

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
