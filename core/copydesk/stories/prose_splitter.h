#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Long plain text, without titles or repeats to go by, cut where its vocabulary changes: the most
// probable segmentation after Utiyama & Isahara, "A Statistical Model for Domain-Independent Text
// Segmentation", ACL 2001. It needs no training; its only parameter is what a cut costs.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/stop.h"

namespace copydesk {

struct ProseSplitterOptions {
  double cut_cost = 1.0;             // times the logarithm of the number of words of the text
  std::size_t most_sentences = 500;  // of one segment; bounds the work
  std::size_t stop_terms = 100;      // most frequent terms of the corpus that do not count
};

// The sentences that begin a segment, ascending, the first being 0; empty if there are none.
// `ends[i]` is the end of sentence i in `terms`, `stop_terms` are ascending. Time is that of 500
// sentences for each sentence at most. Throws Cancelled.
[[nodiscard]] std::vector<std::size_t> split_prose(std::span<const std::uint64_t> terms,
                                                   std::span<const std::uint32_t> ends,
                                                   std::span<const std::uint64_t> stop_terms,
                                                   const ProseSplitterOptions& options,
                                                   StopFlag stop = {});

}  // namespace copydesk
