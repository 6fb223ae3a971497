#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The first and the last line of an article among the lines of its site. Rule B1 takes the run of
// lines with most words; a headline of six words and a last sentence of six stand outside, although
// their words are those of the article.

#include <span>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/site_blocks.h"

namespace copydesk {

// Labels as kept the headline at most 12 lines before the article that shares most words with its
// beginning, and sentences right behind it that share some, lines of the site between them not
// counted. REQUIRES: `labels` are those of `lines`, `tokens` has their spans.
void keep_article_edges(std::span<const Line> lines, const TokenList& tokens,
                        std::span<SiteLine> labels);

}  // namespace copydesk
