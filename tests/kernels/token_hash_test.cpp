// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/token_hash.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "reference/tokenizer.h"

namespace copydesk {
namespace {

std::uint64_t hash_of(const std::string& token) {
  std::array<char, 64> padded;
  padded.fill('#');  // what stands behind the token must not count
  std::copy(token.begin(), token.end(), padded.begin());
  return hash_middle_token(padded.data(), token.size());
}

BOOST_AUTO_TEST_SUITE(token_hash)

BOOST_AUTO_TEST_CASE(all_functions_agree_with_the_reference) {
  std::mt19937 random(31);
  for (std::size_t size = 1; size <= 32; ++size) {
    for (int trial = 0; trial < 100; ++trial) {
      std::string token;
      for (std::size_t i = 0; i < size; ++i) {
        token += random() % 2 == 0 ? static_cast<char>('a' + random() % 26)
                                   : static_cast<char>(0x80 + random() % 128);
      }
      const std::uint64_t expected = reference::hash_token(token);
      BOOST_TEST(hash_of(token) == expected);
      if (size <= 16) {
        const std::string padded = token + std::string(16, '!');
        BOOST_TEST(hash_short_token(padded.data(), size) == expected);
        if (size <= 8) BOOST_TEST(hash_tiny_token(padded.data(), size) == expected);
      }
    }
  }
}

// 10^6 numbers and all words of up to four letters: any collision of 64 bits would be no accident
// (1.5 million hashes: one in 16 million), and each half must collide as seldom as chance has it
// (n^2 / 2^33, here 255, standard deviation 16).
BOOST_AUTO_TEST_CASE(similar_tokens_do_not_collide) {
  std::vector<std::uint64_t> hashes;
  for (int i = 0; i < 1000000; ++i) hashes.push_back(hash_of(std::to_string(i)));
  for (int i = 0; i < 26 * 26 * 26 * 26; ++i) {
    std::string word;
    for (int rest = i; rest > 0; rest /= 26) word += static_cast<char>('a' + rest % 26);
    if (!word.empty() && word.back() != 'a') hashes.push_back(hash_of(word));
  }
  std::vector<std::uint64_t> low, high;
  for (const std::uint64_t hash : hashes) {
    low.push_back(hash & 0xFFFFFFFF);
    high.push_back(hash >> 32);
  }
  const auto repeats = [](std::vector<std::uint64_t> values) {
    std::sort(values.begin(), values.end());
    return std::distance(std::unique(values.begin(), values.end()), values.end());
  };
  BOOST_TEST(repeats(hashes) == 0);
  const double n = static_cast<double>(hashes.size());
  const double expected = n * n / 8589934592.0;
  for (const auto& half : {low, high}) {
    BOOST_TEST(static_cast<double>(repeats(half)) > expected - 6 * std::sqrt(expected));
    BOOST_TEST(static_cast<double>(repeats(half)) < expected + 6 * std::sqrt(expected));
  }
}

// A change of one letter turns each bit of the hash in nearly half of all cases.
BOOST_AUTO_TEST_CASE(every_bit_depends_on_every_letter) {
  std::mt19937 random(32);
  for (std::size_t size : {2u, 3u, 8u, 9u, 16u, 17u, 32u}) {
    for (std::size_t place : {std::size_t{0}, size / 2, size - 1}) {
      constexpr int kTrials = 4000;
      std::array<int, 64> turned{};
      for (int trial = 0; trial < kTrials; ++trial) {
        std::string token;
        for (std::size_t i = 0; i < size; ++i) token += static_cast<char>(0x80 + random() % 128);
        const std::uint64_t before = hash_of(token);
        token[place] = static_cast<char>(token[place] ^ (1 << random() % 7));
        const std::uint64_t changed = before ^ hash_of(token);
        for (unsigned bit = 0; bit < 64; ++bit) turned[bit] += static_cast<int>(changed >> bit & 1);
      }
      for (unsigned bit = 0; bit < 64; ++bit) {
        BOOST_TEST_CONTEXT("size " << size << " place " << place << " bit " << bit) {
          BOOST_TEST(std::abs(turned[bit] - kTrials / 2) < kTrials * 6 / 100);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
