#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which short texts of an old corpus stand in which texts of a new one: two more readings, for
// texts that share too few grams of six words to be found by fingerprints. A question of nine words
// is found in a training text this way; reuse/item_matcher.h has the rule.

#include <cstdint>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/pipeline/passes/gram_pass.h"
#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/item_matcher.h"

namespace copydesk {

inline constexpr std::size_t kMostItemTokens = 64;

// Whether a text of so many tokens is an item: looked for as a whole, and not by its passages.
[[nodiscard]] constexpr bool is_item(std::size_t tokens) {
  return tokens >= kFewestItemTokens && tokens <= kMostItemTokens;
}

// Pairs (old, new) of documents of which the old one is an item that stands in the new one,
// ascending. Equal texts are represented as in `corpus`. Holds at most about `memory_bytes` of
// items at a time: if there are more, the new corpus is read once for each such part. REQUIRES:
// corpus.first_new_document > 0.
[[nodiscard]] std::vector<CandidatePair> find_items(CorpusReader& reader,
                                                    const FingerprintedCorpus& corpus,
                                                    const ItemRule& rule,
                                                    std::size_t memory_bytes);

// Puts these pairs in the place of all those of items. REQUIRES: both are sorted.
void replace_item_pairs(const FingerprintedCorpus& corpus, std::vector<CandidatePair> items,
                        std::vector<ReuseCandidate>& candidates);

}  // namespace copydesk
