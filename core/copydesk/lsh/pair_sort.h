#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <vector>

#include "copydesk/lsh/candidate_pair.h"

namespace copydesk {

// Sorts and removes repeats. Takes as much memory again as the pairs.
void merge_pairs(std::vector<CandidatePair>& pairs);

}  // namespace copydesk
