// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/pair_comparison.h"

#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/lsh/pair_sort.h"
#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(pair_comparison)

// Beside the definition, with sketches and pairs in memory and in files, on one thread and on two.
BOOST_AUTO_TEST_CASE(keeps_the_pairs_that_agree) {
  constexpr std::size_t kSlots = 24;
  constexpr std::uint32_t kDocuments = 40'000;
  constexpr std::size_t kMinimum = 14;
  RandomValues random(5);
  std::vector<std::vector<std::uint8_t>> rows(kDocuments, std::vector<std::uint8_t>(kSlots));
  for (auto& row : rows) {
    for (std::uint8_t& slot : row) slot = static_cast<std::uint8_t>(random.next() % 2);
  }
  std::vector<std::vector<CandidatePair>> bands(5);
  for (auto& band : bands) {
    for (std::size_t i = 0; i < 20'000; ++i) {
      const auto a = static_cast<std::uint32_t>(random.next() % (kDocuments - 1));
      const auto b = static_cast<std::uint32_t>(a + 1 + random.next() % (kDocuments - 1 - a));
      band.push_back({a, b});
      bands[0].push_back(band.back());  // most pairs are found by two bands
    }
  }
  std::vector<CandidatePair> all;
  for (auto& band : bands) {
    merge_pairs(band);
    all.insert(all.end(), band.begin(), band.end());
  }
  merge_pairs(all);
  std::vector<CandidatePair> expected;
  for (const CandidatePair& pair : all) {
    std::size_t equal = 0;
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
      equal += rows[pair.a][slot] == rows[pair.b][slot] ? 1 : 0;
    }
    if (equal >= kMinimum) expected.push_back(pair);
  }
  BOOST_TEST(expected.size() > 1000U);
  BOOST_TEST(expected.size() < all.size() / 2);

  for (const bool stored : {false, true}) {
    PackedSketches sketches(kSlots, {}, stored ? 1000 : std::size_t{1} << 30);
    for (const auto& row : rows) sketches.append(row);
    BOOST_TEST(sketches.in_memory() == !stored);
    PairRuns runs({}, stored ? 1000 : std::size_t{1} << 30);
    for (const auto& band : bands) runs.add(band);
    for (const std::size_t sketch_bytes : {std::size_t{1}, std::size_t{1} << 20}) {
      for (const std::size_t threads : {1, 2}) {
        std::vector<CandidatePair> kept;
        const std::uint64_t compared =
            compare_merged_pairs(runs, sketches, {kMinimum, sketch_bytes, threads},
                                 [&](std::span<const CandidatePair> pairs) {
                                   kept.insert(kept.end(), pairs.begin(), pairs.end());
                                 });
        BOOST_TEST(compared == all.size());
        BOOST_TEST((kept == expected));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
