#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Whether the answer of an evaluation item stands behind its question in a text: a leak by question
// and answer is worse than one by the question alone.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

// Reuses its buffer; one object per thread.
class AnswerSearch {
 public:
  // Longer answers are judged by their beginning.
  static constexpr std::size_t kMostAnswerTokens = 256;

  // Whether an answer of n tokens stands in the 4 n + 8 tokens of `text` from `behind` on: nearly
  // all of it, as ItemRule has it; all of it, in a row, if it is shorter than 6. False for an empty
  // answer. REQUIRES: behind <= text.size().
  [[nodiscard]] bool is_near(std::span<const std::uint32_t> text, std::size_t behind,
                             std::span<const std::uint32_t> answer);

 private:
  std::vector<std::uint32_t> lengths_;  // of common subsequences
};

}  // namespace copydesk
