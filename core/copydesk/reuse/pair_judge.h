#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Two texts to the evidence by which copy_decision.h tells copies from templates.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/copy_decision.h"
#include "copydesk/reuse/gram_index.h"
#include "copydesk/reuse/number_slots.h"
#include "copydesk/reuse/number_tokens.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/reuse/token_frequencies.h"

namespace copydesk {

// Compares one text with many. Reuses its buffers; one object per thread.
class PairJudge {
 public:
  // `frequent`: fingerprints of more documents than candidates are paired by, ascending. All must
  // outlive this object.
  PairJudge(const TokenFrequencies& frequencies, const NumberTokens& numbers,
            std::span<const std::uint64_t> frequent)
      : frequencies_(frequencies), numbers_(numbers), slots_(numbers), frequent_(frequent) {}

  // Takes `a`, which must outlive the calls of judge().
  void prepare(std::span<const std::uint32_t> a) {
    a_ = a;
    is_indexed_ = false;
    numbers_before_.clear();
  }

  // How many grams the texts share and what they weigh. With `enough` above 0 counting may stop at
  // this many shared grams: the pair is reuse, and the counts are lower bounds. grams_b is left 0:
  // it depends on b alone, see count_distinct_grams().
  [[nodiscard]] PairEvidence judge(const ReuseCandidate& candidate,
                                   std::span<const std::uint32_t> b, std::uint32_t enough = 0);

  // Adds what the passages of a and b say. Number slots are looked for where the figures differ;
  // rare tokens are counted where the verdict by `rule` depends on them, or `wants_all` says so.
  // REQUIRES: `passages` have their runs, by begin_a.
  void judge_passages(std::span<const Passage> passages, std::span<const std::uint32_t> b,
                      const CopyRule& rule, bool wants_all, PairEvidence& evidence);

 private:
  void count_numbers();
  void judge_particulars(std::span<const Passage> passages, std::span<const std::uint32_t> b,
                         PairEvidence& evidence) const;

  const TokenFrequencies& frequencies_;
  const NumberTokens& numbers_;
  NumberSlotFinder slots_;
  std::span<const std::uint64_t> frequent_;
  std::span<const std::uint32_t> a_;
  bool is_indexed_ = false;
  GramIndex index_;
  std::vector<std::uint32_t> numbers_before_;  // each token of a, and its end; empty: not counted
  std::vector<std::uint32_t> seen_by_;  // by position in a, the number of the pair that shared it
  std::uint32_t pair_ = 0;
};

}  // namespace copydesk
