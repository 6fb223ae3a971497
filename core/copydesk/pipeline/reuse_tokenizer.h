#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents to the tokens that reuse search compares: all of a text, or what is left of it without
// the lines that belong to its site.

#include <cstdint>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/site_model.h"
#include "copydesk/document.h"
#include "copydesk/pipeline/corpus_reader.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// A line on this many pages of a site is part of the site. Navigation is on all of them; two may be
// a story and its reprint.
inline constexpr std::uint32_t kSitePages = 3;

// Reuses its buffers; one object per thread.
class ReuseTokenizer {
 public:
  // `model`: on how many pages of its site each line is; null: nothing is masked. Must outlive
  // this.
  explicit ReuseTokenizer(const SiteModel* model) : model_(model) {}

  // Replaces `tokens`; their spans are places in the whole text. They may stay empty if they are
  // not wanted.
  void tokenize(const Document& document, bool wants_spans, TokenList& tokens);

 private:
  const SiteModel* model_;
  Tokenizer tokenizer_;
  LineScanner scanner_;
  std::vector<Line> lines_;
};

// Counts the lines of all pages, in one pass over the corpus, the first: its faults are counted
// here.
[[nodiscard]] SiteModel count_site_lines(CorpusReader& reader, const CorpusOptions& options,
                                         const RunControl& control);

}  // namespace copydesk
