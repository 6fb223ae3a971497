// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/candidate_join.h"

#include <map>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(candidate_join)

BOOST_AUTO_TEST_CASE(agrees_with_a_map_of_keys) {
  for (const std::size_t count : {0, 1, 2, 50, 3000, 40'000}) {
    RandomValues random(count);
    const auto values = random.take(count / 3 + 1);
    BandKeyTable table(2);
    PackedSketches sketches(16);
    std::vector<std::uint32_t> listed;
    std::map<std::uint64_t, std::vector<std::uint32_t>> by_key;
    for (std::uint32_t document = 0; document < count; ++document) {
      const std::uint64_t keys[] = {random.next(), values[random.next() % values.size()]};
      table.append(keys);
      sketches.append(std::vector<std::uint8_t>(16));
      if (random.next() % 4 == 0) continue;  // not among those to join
      listed.push_back(document);
      by_key[keys[1]].push_back(document);
    }
    std::vector<CandidatePair> expected;
    std::uint64_t shared_keys = 0;
    for (const auto& [key, documents] : by_key) {
      shared_keys += documents.size() > 1 ? 1 : 0;
      for (const std::uint32_t a : documents) {
        for (const std::uint32_t b : documents) {
          if (a < b) expected.push_back({a, b});
        }
      }
    }
    merge_pairs(expected);
    const std::vector<std::uint64_t> content_keys(count);
    BucketPairs buckets(sketches, content_keys, {.pairwise_limit = 1000});
    std::vector<CandidatePair> pairs;
    join_band(table.column(1), listed, 0, buckets, pairs);
    merge_pairs(pairs);
    BOOST_TEST((pairs == expected));
    BOOST_TEST(buckets.statistics().buckets == shared_keys);
    pairs.clear();
    join_band(table.column(0), listed, 0, buckets, pairs);  // all keys differ
    BOOST_TEST(pairs.empty());
    table.drop_column(1);
    BOOST_TEST(table.column(1).empty());
    BOOST_TEST(table.column(0).size() == count);
  }
}

BOOST_AUTO_TEST_CASE(repeats_become_one) {
  std::vector<CandidatePair> pairs{{2, 3}, {0, 9}, {2, 3}, {0, 4}, {0, 9}, {2, 3}};
  merge_pairs(pairs);
  BOOST_TEST((pairs == std::vector<CandidatePair>{{0, 4}, {0, 9}, {2, 3}}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
