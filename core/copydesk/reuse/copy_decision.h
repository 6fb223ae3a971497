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
#include "copydesk/reuse/number_tokens.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/reuse/token_frequencies.h"

namespace copydesk {

struct CopyRule {
  // A pair is reuse if its shared grams (of six tokens, each once) weigh this much, each
  // 1/sqrt(df-1), ...
  double minimum_weight = 14.0;
  // ... or if there are this many of them, however frequent.
  std::uint32_t minimum_grams = 24;

  // What a pair shares is a template if it recurs and its particulars differ. Up to this median
  // number of documents with a shared gram it does not recur ...
  std::uint32_t most_median_df = 2;
  // ... and only a pair whose particulars agree less than this is a template, if moreover few of
  // them do, or less than this share of those of the whole shorter text.
  double minimum_agreement = 0.62;
  std::uint32_t few_rare = 6;
  double minimum_rare_overlap = 0.45;
  // What recurs is a copy if its rare tokens agree as well as this, or, where there are many of
  // them, half as well.
  double recurring_agreement = 0.85;
  double many_agreement = 0.6;
  std::uint32_t many_rare = 20;
  // Serial reports are the same words with other figures: a template, whatever else agrees, if the
  // passages hold this many numbers on both sides together, less than this share of them is equal
  // (the second where the text recurs), and this share of what differs is numbers. The last tells
  // them from copies in which words were replaced.
  std::uint32_t fewest_numbers = 6;
  double minimum_number_agreement = 0.7;
  double recurring_number_agreement = 0.8;
  double minimum_differing_numbers = 0.15;
  // Less than this share of two stories that is found in more documents than this is a set piece:
  // a paragraph of background or boilerplate.
  double most_set_piece = 0.3;
  std::uint32_t most_excerpt_df = 8;
};

struct PairEvidence {
  std::uint32_t shared_grams = 0;  // distinct
  std::uint32_t grams_a = 0, grams_b = 0;
  double weight = 0.0;
  std::uint32_t median_df = 0;
  std::uint32_t rare_matched = 0;  // rare tokens that are equal in the passages
  double agreement = 0.0;         // share of the rare tokens of the passages that are equal; of all
                                  // tokens where there are fewer than four rare ones on a side
  bool has_rare = false;          // whether it is of the rare ones
  std::uint32_t numbers = 0;      // in the passages, of both sides
  double number_agreement = 1.0;  // share of these that are equal
  double differing_numbers =
      0.0;                    // share of the tokens of the passages that differ which are numbers
  double rare_overlap = 1.0;  // 1 where the shorter text has fewer than 4 rare tokens

  [[nodiscard]] bool is_reuse(const CopyRule& rule) const {
    return weight >= rule.minimum_weight || shared_grams >= rule.minimum_grams;
  }
  // REQUIRES: judge_passages() was called.
  [[nodiscard]] bool is_template(const CopyRule& rule) const;
};

// Compares one text with many. Reuses its buffers; one object per thread.
class PairJudge {
 public:
  // `frequent`: fingerprints of more documents than candidates are paired by, ascending. All must
  // outlive this object.
  PairJudge(const TokenFrequencies& frequencies, const NumberTokens& numbers,
            std::span<const std::uint64_t> frequent)
      : frequencies_(frequencies), numbers_(numbers), frequent_(frequent) {}

  // Takes `a`, which must outlive the calls of judge().
  void prepare(std::span<const std::uint32_t> a);

  [[nodiscard]] PairEvidence judge(const ReuseCandidate& candidate,
                                   std::span<const std::uint32_t> b);

  // Adds what the passages of a and b say. REQUIRES: `passages` have their runs.
  void judge_passages(std::span<const Passage> passages, std::span<const std::uint32_t> b,
                      PairEvidence& evidence) const;

 private:
  void collect_rare(std::span<const std::uint32_t> tokens, std::vector<std::uint32_t>& rare) const;

  const TokenFrequencies& frequencies_;
  const NumberTokens& numbers_;
  std::span<const std::uint64_t> frequent_;
  std::span<const std::uint32_t> a_;
  GramIndex index_;
  std::vector<std::uint64_t> grams_;
  std::vector<std::uint32_t> rare_a_, rare_b_;
};

}  // namespace copydesk
