#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The classic training-free rankings, as their papers describe them. They share the terms of the
// default: tokens without stop list or stemmer.

#include <span>
#include <vector>

#include "copydesk/stop.h"
#include "copydesk/summary/rank_method.h"
#include "copydesk/summary/term_rows.h"

namespace copydesk {

struct ReferenceRankerOptions {
  double threshold = 0.1;  // LexRank: cosines below do not count, [0, 1]
  double damping = 0.85;   // LexRank, TextRank, BM25: [0, 1)
  double beta = 0.0;       // PacSum: edge threshold as a share of the range of edges, [0, 1]
  double lambda = 0.7;     // PacSum: weight of what precedes, [0, 1]
  double bm25_k1 = 1.2, bm25_b = 0.75;
  // TextRank, BM25, PacSum, SumBasic: words of lower IDF are left out, as the papers leave out stop
  // words. The default is the IDF of a word in every fifth document.
  double content_idf = 1.6;
  double coverage = 5.0;   // Submodular: alpha = coverage / n
  double diversity = 6.0;  // Submodular: weight of diversity
};

// One score for each of the first `rows` rows; higher is better. `idf` has one weight >= 0 for each
// term. SumBasic and submodular coverage choose sentences one after the other: their scores are the
// order in which they would, n for the first down to 1. Texts of up to kMostRowsByPairs sentences
// are ranked as in the papers; what is done beyond, in time linear in the text, stands at each
// ranking. Throws Cancelled when `stop` is set. REQUIRES: method is not kDirected.
void score_by_reference(RankMethod method, const TermRows& terms, std::size_t rows,
                        std::span<const float> idf, const ReferenceRankerOptions& options,
                        StopFlag stop, std::vector<double>& scores);

}  // namespace copydesk
