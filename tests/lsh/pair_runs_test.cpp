// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/pair_runs.h"

#include <algorithm>
#include <set>

#include <boost/test/unit_test.hpp>

#include "copydesk/lsh/pair_sort.h"
#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(pair_runs)

BOOST_AUTO_TEST_CASE(repeats_become_one) {
  std::vector<CandidatePair> pairs{{2, 3}, {0, 9}, {2, 3}, {0, 4}, {0, 9}, {2, 3}};
  merge_pairs(pairs);
  BOOST_TEST((pairs == std::vector<CandidatePair>{{0, 4}, {0, 9}, {2, 3}}));
}

BOOST_AUTO_TEST_CASE(many_pairs_are_sorted_by_all_their_digits) {
  for (const std::uint64_t documents : {3ULL, 5000ULL, 1ULL << 32}) {
    RandomValues random(documents);
    std::vector<CandidatePair> pairs(20'000);
    for (CandidatePair& pair : pairs) {
      pair = {static_cast<std::uint32_t>(random.next() % documents),
              static_cast<std::uint32_t>(random.next() % documents)};
    }
    const std::set<CandidatePair> expected(pairs.begin(), pairs.end());
    merge_pairs(pairs);
    BOOST_TEST(std::equal(pairs.begin(), pairs.end(), expected.begin(), expected.end()));
  }
}

BOOST_AUTO_TEST_CASE(runs_become_one_sorted_list) {
  for (const std::size_t memory : {std::size_t{0}, std::size_t{1} << 30}) {
    for (const std::size_t runs : {0, 1, 2, 9}) {
      RandomValues random(runs + 1);
      PairRuns list({}, memory);
      std::set<CandidatePair> expected;
      for (std::size_t run = 0; run < runs; ++run) {
        std::vector<CandidatePair> pairs(run == 3 ? 0 : 140'000 * (run % 2) + 10);
        for (CandidatePair& pair : pairs) {
          const auto a = static_cast<std::uint32_t>(random.next() % 500);
          pair = {a, a + 1 + static_cast<std::uint32_t>(random.next() % 500)};
        }
        merge_pairs(pairs);
        expected.insert(pairs.begin(), pairs.end());
        list.add(pairs);
      }
      BOOST_TEST((list.bytes_on_disk() > 0) == (memory == 0 && runs == 9));
      std::vector<CandidatePair> merged;
      list.merge([&](std::span<const CandidatePair> part) {
        merged.insert(merged.end(), part.begin(), part.end());
      });
      BOOST_TEST(std::equal(merged.begin(), merged.end(), expected.begin(), expected.end()));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
