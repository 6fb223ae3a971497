#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Two token lists to the passages they share: exact matches as seeds, chained where they follow
// each other in both, extended over replaced words. Paragraphs in another order come out as several
// passages.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/reuse/exact_matches.h"
#include "copydesk/reuse/gapped_extension.h"
#include "copydesk/reuse/match_chains.h"
#include "copydesk/stop.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/verify/shared_run.h"

namespace copydesk {

struct PassageOptions {
  std::size_t seed_tokens = 5;  // shortest exact match to begin with, >= 1
  std::size_t most_gap = 30;    // tokens between two matches of a passage, on either side
  std::int32_t drop = 8;        // how far the score may fall while a passage is extended; 0: not
  std::size_t minimum_tokens = 20;  // equal tokens a passage must have, >= 1
  StopFlag stop;                    // looked at while long texts are compared
};

// [begin_a, end_a) of the tokens of a and [begin_b, end_b) of b. Both begin and end with an equal
// token.
struct Passage {
  std::size_t begin_a = 0, end_a = 0;
  std::size_t begin_b = 0, end_b = 0;
  std::size_t matched = 0;      // tokens that are equal, in order
  std::vector<SharedRun> runs;  // these tokens, ascending in both texts

  // Share of the tokens of both sides that are equal, in (0, 1].
  [[nodiscard]] double similarity() const {
    return 2.0 * static_cast<double>(matched) /
           static_cast<double>(end_a - begin_a + end_b - begin_b);
  }
};

// Compares one text with many. Reuses its buffers; one object per thread.
class PassageAligner {
 public:
  // Throws Error{kInvalidOption} for options out of range.
  explicit PassageAligner(const PassageOptions& options);

  // Takes `a`, which must outlive the calls of align().
  void prepare(std::span<const std::uint32_t> a);

  // The passages by begin_a, then begin_b. No token of either side belongs to the exact matches of
  // two passages, unless passages overlap by less than a third. Throws Cancelled.
  [[nodiscard]] std::vector<Passage> align(std::span<const std::uint32_t> b);

  // Passages from now on need this many equal tokens. REQUIRES: minimum_tokens >= 1.
  void set_minimum_tokens(std::size_t minimum_tokens) { options_.minimum_tokens = minimum_tokens; }

 private:
  [[nodiscard]] bool is_covered(const std::vector<SharedRun>& chain) const;
  Passage make_passage(const std::vector<SharedRun>& chain, std::span<const std::uint32_t> b);
  void extend_back(const SharedRun& first, std::span<const std::uint32_t> b);
  void extend_on(const SharedRun& last, std::span<const std::uint32_t> b);

  PassageOptions options_;
  std::span<const std::uint32_t> a_;
  ExactMatcher matcher_;
  GappedExtender extender_;
  std::vector<ChainLink> links_;
  std::vector<std::uint32_t> order_;
  std::vector<bool> is_used_;
  std::vector<bool> covered_a_, covered_b_;  // by passages found so far
  std::vector<SharedRun> before_, after_, gap_;
  std::vector<std::uint32_t> reversed_a_, reversed_b_;
};

// The passages that a and b share.
[[nodiscard]] std::vector<Passage> align(std::span<const std::uint32_t> a,
                                         std::span<const std::uint32_t> b,
                                         const PassageOptions& options);

// The same for lists as the tokenizer gives them.
[[nodiscard]] std::vector<Passage> align(const TokenList& a, const TokenList& b,
                                         const PassageOptions& options);

}  // namespace copydesk
