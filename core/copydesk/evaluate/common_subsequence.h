#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Longest common subsequences of one reference with many candidates, as ROUGE-L counts them, 64
// cells of the table at a time (Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA
// 2004). "the cat sat on the mat" has three words in common with "the mat sat on a cat" in this
// sense, and those marked in it are "the", "sat" and "on".

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

// Reuses its buffers; one object per thread.
class CommonSubsequence {
 public:
  // Takes memory in proportion to the largest token of the reference: number them from 0. Tokens of
  // candidates may be any number.
  void set_reference(std::span<const std::uint32_t> reference);

  // Length of the longest common subsequence, at most the shorter length.
  [[nodiscard]] std::size_t length(std::span<const std::uint32_t> candidate);

  // Marks (sets to 1) the positions of the reference that take part in one longest common
  // subsequence. Of several, the one found by walking back from the ends of both, taking equal
  // tokens whenever they meet and otherwise leaving out the reference's token, unless only leaving
  // out the candidate's keeps the length: the choice of rouge_score and ROUGE-1.5.5.
  // REQUIRES: marks.size() == reference.size().
  void mark(std::span<const std::uint32_t> candidate, std::span<std::uint8_t> marks);

 private:
  // The row after one more token of the candidate. `next` may be `row`.
  void advance(std::uint32_t token, std::span<const std::uint64_t> row,
               std::span<std::uint64_t> next);

  std::vector<std::uint32_t> reference_;
  std::size_t words_ = 0;             // 64-bit words in a row
  std::vector<std::uint32_t> slot_;   // token -> 1 + index of its mask; 0 if not in reference
  std::vector<std::uint64_t> masks_;  // positions of a token in the reference
  std::vector<std::uint64_t> rows_;
};

}  // namespace copydesk
