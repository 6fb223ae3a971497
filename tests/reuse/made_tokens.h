#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Token lists and edits of them for the tests of reuse search.

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace copydesk::tests {

using Tokens = std::vector<std::uint32_t>;

// std::mt19937 with the numbers' own type.
class Random {
 public:
  using result_type = std::uint32_t;
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t operator()() { return static_cast<std::uint32_t>(engine_()); }
  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return ~std::uint32_t{0}; }

 private:
  std::mt19937 engine_;
};

// `count` tokens out of `vocabulary`.
inline Tokens random_tokens(Random& random, std::size_t count, std::uint32_t vocabulary) {
  Tokens tokens(count);
  for (std::uint32_t& token : tokens) token = random() % vocabulary;
  return tokens;
}

// `count` tokens from `first` on, all different.
inline Tokens counted_tokens(std::uint32_t first, std::size_t count) {
  Tokens tokens(count);
  for (std::size_t i = 0; i < count; ++i) tokens[i] = first + static_cast<std::uint32_t>(i);
  return tokens;
}

// Each token replaced, with this probability, by one from 0x40000000 on.
inline Tokens replaced(Random& random, Tokens tokens, double share) {
  for (std::uint32_t& token : tokens) {
    if (static_cast<double>(random() % 10'000) < share * 10'000) {
      token = 0x40000000u + random() % 1'000'000;
    }
  }
  return tokens;
}

inline Tokens joined(std::initializer_list<Tokens> parts) {
  Tokens all;
  for (const Tokens& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

inline Tokens part(const Tokens& tokens, std::size_t begin, std::size_t end) {
  return {tokens.begin() + static_cast<std::ptrdiff_t>(begin),
          tokens.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace copydesk::tests
