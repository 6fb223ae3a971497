#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Fingerprints of a token sequence by which every repeat of at least N tokens can be found: of the
// k-grams in each window of N tokens one is selected by its hash alone, so equal windows select
// equal grams at the same place [Schleimer, Wilkerson & Aiken, Winnowing, SIGMOD 2003].

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

// One selected gram and the windows that select it: those that begin at tokens
// [first_window, first_window + windows).
struct RepeatFingerprint {
  std::uint64_t hash = 0;  // of the gram
  std::uint32_t first_window = 0;
  std::uint16_t windows = 0;
  std::uint16_t lead = 0;  // tokens from the first window to the gram
};

// Reuses its buffers; one object per thread.
class RepeatWinnower {
 public:
  static constexpr std::size_t kFewestTokens = 4;
  static constexpr std::size_t kMostTokens = 10'000;

  // Throws Error{kInvalidOption} unless `least_tokens`, the N above, is in
  // [kFewestTokens, kMostTokens].
  explicit RepeatWinnower(std::size_t least_tokens);

  // Replaces `fingerprints` by those of the sequence, by ascending position; every window of N
  // tokens belongs to exactly one. REQUIRES: fewer than 2^32 tokens.
  void winnow(std::span<const std::uint64_t> tokens, std::vector<RepeatFingerprint>& fingerprints);

  [[nodiscard]] std::size_t least_tokens() const { return least_tokens_; }
  [[nodiscard]] std::size_t gram_tokens() const { return gram_; }

 private:
  struct Selected {
    std::uint64_t order;
    std::size_t window;  // the first one that selects the gram
  };

  std::size_t least_tokens_, gram_;
  std::vector<std::uint64_t> grams_;     // hashes
  std::vector<std::uint64_t> smallest_;  // from a gram to the end of its block
  std::vector<Selected> selected_;
};

}  // namespace copydesk
