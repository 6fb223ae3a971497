#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Word n-grams of a token list as 64-bit hashes. Reuse search works on the low halves of the token
// hashes, which is what it keeps of a text; a gram of six of them is as good as unique.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

// Fingerprints and the decision about a pair are made of grams of this many tokens.
inline constexpr std::size_t kGramTokens = 6;

// Replaces `hashes` by those of all grams of `size` tokens, in text order, with repeats; empty if
// the text is shorter. REQUIRES: size >= 1.
void hash_grams(std::span<const std::uint32_t> tokens, std::size_t size,
                std::vector<std::uint64_t>& hashes);

// The hash of one gram, all of `tokens`: what hash_grams() gives for it.
[[nodiscard]] std::uint64_t hash_gram(std::span<const std::uint32_t> tokens);

// How many different grams of kGramTokens a text has.
[[nodiscard]] std::uint32_t count_distinct_grams(std::span<const std::uint32_t> tokens);

// Every fourth gram, chosen by its hash: the same choice in every text.
[[nodiscard]] constexpr bool is_sampled(std::uint64_t gram) {
  return (gram & 3) == 0;
}

// The fingerprints of a text: its sampled grams, ascending, each once. About 250 per 1,000 tokens.
void make_fingerprints(std::span<const std::uint32_t> tokens,
                       std::vector<std::uint64_t>& fingerprints);

}  // namespace copydesk
