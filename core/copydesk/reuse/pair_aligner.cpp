// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/pair_aligner.h"

#include <algorithm>

namespace copydesk {

// Single sentences count for a text that turns out to be a summary, and for no other. The index of
// a is made when the first b comes: most texts that are prepared are turned down before that.
AlignedPair PairAligner::align(std::span<const std::uint32_t> b) {
  if (!is_prepared_) aligner_.prepare(a_);
  is_prepared_ = true;
  const auto shorter = static_cast<double>(std::min(a_.size(), b.size()));
  const auto longer = static_cast<double>(std::max(a_.size(), b.size()));
  const bool may_be_summary = shorter <= kMostSummaryLength * longer;
  aligner_.set_minimum_tokens(may_be_summary ? std::min(kSentenceTokens, minimum_tokens_)
                                             : minimum_tokens_);
  AlignedPair pair;
  pair.passages = aligner_.align(b);
  pair.parts = measure_parts(pair.passages, a_.size(), b.size());
  pair.relation = relate(pair.passages, pair.parts);
  if (pair.relation != Relation::kSummary && pair.relation != Relation::kSummarized) {
    std::erase_if(pair.passages,
                  [&](const Passage& passage) { return passage.matched < minimum_tokens_; });
    pair.parts = measure_parts(pair.passages, a_.size(), b.size());
    pair.relation = relate(pair.passages, pair.parts);
  }
  return pair;
}

}  // namespace copydesk
