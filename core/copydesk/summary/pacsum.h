#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <vector>

#include "copydesk/stop.h"
#include "copydesk/summary/weighted_rows.h"

namespace copydesk {

// Position-augmented centrality [Zheng & Lapata 2019] over dot products of `rows`: edges lose
// t = min + beta * (max - min) of all edges, never below 0; score = (1 - lambda) * sum of edges to
// later sentences - lambda * sum of edges to earlier ones. One exception makes long texts possible:
// beyond kMostRowsByPairs sentences beta counts as 0 and the smallest edge is taken to be 0, as it
// is there.
void score_pacsum(const WeightedRows& rows, double beta, double lambda, StopFlag stop,
                  std::vector<double>& scores);

}  // namespace copydesk
