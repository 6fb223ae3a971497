// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/pair_sort.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace copydesk {

namespace {

constexpr std::size_t kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
// Fewer are sorted sooner by comparisons.
constexpr std::size_t kFew = 2048;

std::uint64_t number_of(const CandidatePair& pair) {
  return std::uint64_t{pair.a} << 32 | pair.b;
}

// Radix sort from the last digit (Knuth, TAOCP 3, 5.2.5); digits that are equal in all pairs, as
// the first of small document numbers are, cost nothing.
void sort_by_digits(std::vector<CandidatePair>& pairs) {
  std::uint64_t varying = 0;
  for (const CandidatePair& pair : pairs) varying |= number_of(pair) ^ number_of(pairs.front());
  std::vector<CandidatePair> scattered(pairs.size());
  std::array<std::size_t, kDigits + 1> places;
  for (std::size_t shift = 0; shift < 64; shift += kDigitBits) {
    if ((varying >> shift & (kDigits - 1)) == 0) continue;
    const auto digit_of = [shift](const CandidatePair& pair) {
      return number_of(pair) >> shift & (kDigits - 1);
    };
    places.fill(0);
    for (const CandidatePair& pair : pairs) ++places[digit_of(pair) + 1];
    for (std::size_t digit = 0; digit < kDigits; ++digit) places[digit + 1] += places[digit];
    for (const CandidatePair& pair : pairs) scattered[places[digit_of(pair)]++] = pair;
    pairs.swap(scattered);
  }
}

}  // namespace

void merge_pairs(std::vector<CandidatePair>& pairs) {
  if (pairs.size() < kFew) {
    std::sort(pairs.begin(), pairs.end());
  } else {
    sort_by_digits(pairs);
  }
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace copydesk
