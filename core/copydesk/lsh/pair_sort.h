#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A list of pairs in order and without repeats: {2, 5}, {1, 3}, {2, 5} become {1, 3}, {2, 5}. Long
// lists are sorted by the digits of the two numbers, which are small in small corpora.

#include <vector>

#include "copydesk/lsh/candidate_pair.h"

namespace copydesk {

// Sorts and removes repeats. Takes as much memory again as the pairs.
void merge_pairs(std::vector<CandidatePair>& pairs);

}  // namespace copydesk
