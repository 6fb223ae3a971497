#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Position-augmented centrality (Zheng and Lapata, "Sentence centrality revisited for unsupervised
// summarization", ACL 2019): a sentence is good if later ones resemble it, and less so if earlier
// ones do. Of three sentences, let 1 and 2 have the product .8, 2 and 3 .5, 1 and 3 .2. With beta =
// 0 edges lose .2, and with lambda = 0 the scores are .6, .3 and 0.

#include <vector>

#include "copydesk/stop.h"
#include "copydesk/summary/weighted_rows.h"

namespace copydesk {

// Scores over dot products of `rows`: edges lose t = min + beta * (max - min) of all edges, never
// below 0; score = (1 - lambda) * sum of edges to later sentences - lambda * sum of edges to
// earlier ones. One exception makes long texts possible: beyond kMostRowsByPairs sentences beta
// counts as 0 and the smallest edge is taken to be 0, as it is there.
void score_pacsum(const WeightedRows& rows, double beta, double lambda, StopFlag stop,
                  std::vector<double>& scores);

}  // namespace copydesk
