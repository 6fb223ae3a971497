#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Whether two texts that share fingerprints share text in earnest, and whether what they share is a
// copy or a template. Neither Jaccard similarity nor containment can tell: a trimmed story shares
// little of the longer text, two bond issues share half of both.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/gram_index.h"
#include "copydesk/reuse/token_frequencies.h"

namespace copydesk {

struct CopyRule {
  // A pair is reuse if its shared grams (of six tokens, each once) weigh this much, each
  // 1/sqrt(df-1), ...
  double minimum_weight = 14.0;
  // ... or if there are this many of them, however frequent.
  std::uint32_t minimum_grams = 24;
  // It is a template if what it shares is found in more documents than this, in the median ...
  std::uint32_t most_median_df = 2;
  // ... or if less than this share of the rare tokens of the shorter text is in the other.
  double minimum_rare_overlap = 0.45;
};

struct PairEvidence {
  std::uint32_t shared_grams = 0;  // distinct
  std::uint32_t grams_a = 0, grams_b = 0;
  double weight = 0.0;
  std::uint32_t median_df = 0;
  double rare_overlap = 1.0;  // 1 where the shorter text has fewer than 4 rare tokens

  [[nodiscard]] bool is_reuse(const CopyRule& rule) const {
    return weight >= rule.minimum_weight || shared_grams >= rule.minimum_grams;
  }
  [[nodiscard]] bool is_template(const CopyRule& rule) const {
    return median_df > rule.most_median_df || rare_overlap < rule.minimum_rare_overlap;
  }
};

// Compares one text with many. Reuses its buffers; one object per thread.
class PairJudge {
 public:
  // `frequent`: fingerprints of more documents than candidates are paired by, ascending. Both must
  // outlive this object.
  PairJudge(const TokenFrequencies& frequencies, std::span<const std::uint64_t> frequent)
      : frequencies_(frequencies), frequent_(frequent) {}

  // Takes `a`, which must outlive the calls of judge().
  void prepare(std::span<const std::uint32_t> a);

  [[nodiscard]] PairEvidence judge(const ReuseCandidate& candidate,
                                   std::span<const std::uint32_t> b);

 private:
  void collect_rare(std::span<const std::uint32_t> tokens, std::vector<std::uint32_t>& rare) const;

  const TokenFrequencies& frequencies_;
  std::span<const std::uint64_t> frequent_;
  std::span<const std::uint32_t> a_;
  GramIndex index_;
  std::vector<std::uint64_t> grams_;
  std::vector<std::uint32_t> rare_a_, rare_b_;
};

}  // namespace copydesk
