// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/gram_hashes.h"

#include <algorithm>

#include "copydesk/kernels/murmur_mix.h"

namespace copydesk {

namespace {

constexpr std::uint64_t kBase = 0x9FB21C651E98DF25u;

std::uint64_t spread(std::uint32_t token) {
  return (std::uint64_t{token} + 1) * 0xD6E8FEB86659FD93u;
}

}  // namespace

// A polynomial over a window, rolled by one token at a time (Karp & Rabin 1987), and mixed: alone
// it leaves the low bits to the last tokens.
void hash_grams(std::span<const std::uint32_t> tokens, std::size_t size,
                std::vector<std::uint64_t>& hashes) {
  hashes.clear();
  if (tokens.size() < size) return;
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < size; ++i) power *= kBase;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < size; ++i) hash = hash * kBase + spread(tokens[i]);
  hashes.resize(tokens.size() - size + 1);
  hashes[0] = murmur_mix(hash);
  for (std::size_t i = size; i < tokens.size(); ++i) {
    hash = hash * kBase + spread(tokens[i]) - power * spread(tokens[i - size]);
    hashes[i - size + 1] = murmur_mix(hash);
  }
}

std::uint64_t hash_gram(std::span<const std::uint32_t> tokens) {
  std::uint64_t hash = 0;
  for (const std::uint32_t token : tokens) hash = hash * kBase + spread(token);
  return murmur_mix(hash);
}

std::uint32_t count_distinct_grams(std::span<const std::uint32_t> tokens) {
  std::vector<std::uint64_t> grams;
  hash_grams(tokens, kGramTokens, grams);
  std::sort(grams.begin(), grams.end());
  return static_cast<std::uint32_t>(std::unique(grams.begin(), grams.end()) - grams.begin());
}

void make_fingerprints(std::span<const std::uint32_t> tokens,
                       std::vector<std::uint64_t>& fingerprints) {
  hash_grams(tokens, kGramTokens, fingerprints);
  std::erase_if(fingerprints, [](std::uint64_t gram) { return !is_sampled(gram); });
  std::sort(fingerprints.begin(), fingerprints.end());
  fingerprints.erase(std::unique(fingerprints.begin(), fingerprints.end()), fingerprints.end());
}

}  // namespace copydesk
