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
  std::uint64_t hash = 0;      // of the gram
  std::uint32_t position = 0;  // of the gram's first token
  std::uint32_t first_window = 0;
  std::uint32_t windows = 0;
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

  // Hash of the tokens [begin, end) of the sequence winnowed last: equal for equal tokens.
  // REQUIRES: end - begin <= 2 N.
  [[nodiscard]] std::uint64_t hash_of(std::size_t begin, std::size_t end) const {
    return prefixes_[end] - prefixes_[begin] * powers_[end - begin];
  }

  [[nodiscard]] std::size_t least_tokens() const { return least_tokens_; }
  [[nodiscard]] std::size_t gram_tokens() const { return gram_; }

 private:
  std::size_t least_tokens_, gram_;
  std::vector<std::uint64_t> powers_;
  std::vector<std::uint64_t> prefixes_;
  std::vector<std::uint64_t> grams_;
};

}  // namespace copydesk
