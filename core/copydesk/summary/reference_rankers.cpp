// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/reference_rankers.h"
namespace copydesk {
void score_by_reference(RankMethod, const TermRows&, std::size_t rows, std::span<const float>, const ReferenceRankerOptions&, std::vector<double>& scores) { scores.resize(rows); for (std::size_t i=0;i<rows;++i) scores[i] = -static_cast<double>(i); }
}
