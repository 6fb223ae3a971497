#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Rankings by the stationary vector of a walk over sentences.

#include <vector>

#include "copydesk/stop.h"
#include "copydesk/summary/weighted_rows.h"

namespace copydesk {

// LexRank: cosines of tf-idf rows, counted as 1 from `threshold` on, self-links included
// [Erkan & Radev 2004, algorithm 3]. Beyond kMostRowsByPairs sentences, whose cosines nobody can
// look at one by one, they count as they are: score_lexrank_continuous.
void score_lexrank(const WeightedRows& cosines, double threshold, double damping, StopFlag stop,
                   std::vector<double>& scores);

// LexRank with the cosines themselves as weights. Never forms their matrix: time and memory per
// step are those of the rows.
void score_lexrank_continuous(const WeightedRows& cosines, double damping, StopFlag stop,
                              std::vector<double>& scores);

// TextRank: shared distinct words over the sum of the logarithms of the lengths
// [Mihalcea & Tarau 2004]. `presence` has 1 for each word of a sentence; lengths are in words.
// Beyond kMostRowsByPairs sentences lengths are rounded down to 1, 2, 3, 4, 6, 8, 12, 16, 24, ...:
// time is that of the rows times the number of different lengths.
void score_textrank(const WeightedRows& presence, const std::vector<double>& lengths,
                    double damping, StopFlag stop, std::vector<double>& scores);

// TextRank over BM25: edges lead from the sentence as a query (`queries`) to the sentence as a
// document (`documents`, values with saturation and IDF) [Barrios et al. 2016].
// REQUIRES: rows of `documents` hold terms of the same row of `queries`, in the same order.
void score_bm25(const WeightedRows& queries, const WeightedRows& documents, double damping,
                StopFlag stop, std::vector<double>& scores);

}  // namespace copydesk
