#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Votes of many words on each of 64 bits: the inner loop of SimHash.

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// Bit b of the result is set when more than half of `words` have bit b set; a tie gives 0.
[[nodiscard]] std::uint64_t bit_majority(std::span<const std::uint64_t> words);

// The same where words[i] has weights[i] votes: more than half of all votes.
// REQUIRES: words.size() == weights.size(), the sum of all weights is below 2^32.
[[nodiscard]] std::uint64_t bit_majority(std::span<const std::uint64_t> words,
                                         std::span<const std::uint32_t> weights);

}  // namespace copydesk
