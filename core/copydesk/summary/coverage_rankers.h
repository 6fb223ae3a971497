#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Rankings that choose one sentence after the other by what it adds. Their scores are the order of
// choice: n for the first, down to 1.

#include <vector>

#include "copydesk/stop.h"
#include "copydesk/summary/weighted_rows.h"

namespace copydesk {

// Words weigh as often as they occur in the text; a chosen sentence squares the weights of its
// words; next comes the sentence of the highest mean weight with the heaviest word [Nenkova &
// Vanderwende 2005]. `counts` has the occurrences of content words.
void order_by_sum_basic(const WeightedRows& counts, StopFlag stop, std::vector<double>& scores);

// Coverage up to a share alpha = coverage / n of each sentence's similarity to all, plus diversity
// times the root of what is taken from each of n / 5 clusters [Lin & Bilmes 2011]. Beyond the first
// thousand sentences, the order is that of the gains at that point. Of more than kMostRowsByPairs
// sentences, so many compete, as if they were the text: those most similar to all of it. The others
// follow in the order of that similarity.
void order_by_submodular(const WeightedRows& cosines, double coverage, double diversity,
                         StopFlag stop, std::vector<double>& scores);

}  // namespace copydesk
