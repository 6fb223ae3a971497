// SPDX-License-Identifier: Apache-2.0
#include "copydesk/shingle/telling_length.h"

#include <algorithm>
#include <array>

namespace copydesk {

namespace {

constexpr double kMostByChance = 0.005;
constexpr std::size_t kSample = 1024;
constexpr std::size_t kCounters = 2048;

// The probability that two tokens of the text, drawn without putting the first back, are equal,
// from a sample that is spread over the text by the golden ratio, so that no period of the text
// meets with one of the sample. Tokens that share a counter add a two-thousandth.
double collision_probability(std::span<const std::uint64_t> tokens) {
  std::array<std::uint16_t, kCounters> counts{};
  const std::size_t sampled = std::min(tokens.size(), kSample);
  std::uint64_t equal = 0;
  for (std::size_t i = 0; i < sampled; ++i) {
    std::size_t place = i;
    if (sampled < tokens.size()) {
      const std::uint64_t fraction = (i * 0x9E3779B97F4A7C15u) >> 32;
      place = static_cast<std::size_t>(fraction * tokens.size() >> 32);
    }
    equal += counts[tokens[place] % kCounters]++;
  }
  if (sampled < 2) return 1.0;
  const double pairs = 0.5 * static_cast<double>(sampled) * static_cast<double>(sampled - 1);
  return static_cast<double>(equal) / pairs;
}

}  // namespace

// With the collision probability c, the sum of the squares of the shares of all tokens, a shingle
// of n tokens is expected N c^n times among N others.
std::size_t telling_length(std::span<const std::uint64_t> tokens, std::size_t size) {
  if (tokens.size() < size) return 0;
  const double probability = collision_probability(tokens);
  double by_chance = static_cast<double>(tokens.size() - size + 1);
  for (std::size_t i = 0; i < size; ++i) by_chance *= probability;
  if (by_chance <= kMostByChance) return 0;
  const std::size_t longest = std::max(size, longest_shingle(tokens.size()));
  std::size_t length = size;
  for (; length < longest && by_chance > kMostByChance; ++length) by_chance *= probability;
  return length;
}

}  // namespace copydesk
