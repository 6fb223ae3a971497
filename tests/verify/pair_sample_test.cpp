// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/pair_sample.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

#include "copydesk/verify/verifier.h"

namespace copydesk {
namespace {

BOOST_AUTO_TEST_SUITE(pair_sample)

BOOST_AUTO_TEST_CASE(a_sample_does_not_depend_on_the_order) {
  std::vector<ScoredPair> pairs;
  for (std::uint32_t a = 0; a < 40; ++a) {
    for (std::uint32_t b = a + 1; b < 40; ++b) pairs.push_back({a, b, {1, 2, 3}});
  }
  PairSample sample(7);
  for (const ScoredPair& pair : pairs) sample.add(pair);
  BOOST_TEST(sample.added() == pairs.size());
  BOOST_TEST(sample.pairs().size() == 7u);
  std::mt19937 random(5);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(pairs.begin(), pairs.end(), random);
    PairSample other(7);
    for (const ScoredPair& pair : pairs) other.add(pair);
    BOOST_TEST((other.pairs() == sample.pairs()));
  }
}

BOOST_AUTO_TEST_CASE(fewer_than_asked_for_are_all) {
  PairSample sample(4);
  sample.add({3, 9, {1, 1, 1}});
  BOOST_TEST((sample.pairs() == std::vector<ScoredPair>{{3, 9, {1, 1, 1}}}));
  PairSample none(0);
  none.add({3, 9, {1, 1, 1}});
  BOOST_TEST(none.added() == 1u);
  BOOST_TEST(none.pairs().empty());
}

BOOST_AUTO_TEST_CASE(near_misses_go_to_their_steps) {
  NearMisses misses(0.8);
  misses.add({0, 1, {77, 100, 77}});  // .77
  misses.add({0, 2, {72, 100, 72}});  // .72
  misses.add({0, 3, {61, 100, 61}});  // .61
  misses.add({0, 4, {62, 100, 62}});  // .62
  BOOST_TEST(misses.step(0).added() == 1u);
  BOOST_TEST(misses.step(1).added() == 1u);
  BOOST_TEST(misses.step(2).added() == 0u);
  BOOST_TEST(misses.step(3).added() == 2u);
  BOOST_TEST(misses.least() == 0.6, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(NearMisses(0.1).least() == 0.0);
  NearMisses again(0.8);
  again.restore(3, 900, misses.step(3).pairs());
  BOOST_TEST(again.step(3).added() == 900u);
  BOOST_TEST((again.step(3).pairs() == misses.step(3).pairs()));
}

BOOST_AUTO_TEST_CASE(the_verifier_hands_over_what_falls_just_short) {
  ShingleSetStore store({}, 1 << 20);
  const auto numbers = [](std::uint64_t first, std::uint64_t end) {
    std::vector<std::uint64_t> set;
    for (; first < end; ++first) set.push_back(first);
    return set;
  };
  store.add(0, numbers(0, 100), {});
  store.add(1, numbers(0, 90), {});   // .9 of the first
  store.add(2, numbers(0, 70), {});   // .7 of it, .78 of the second
  store.add(3, numbers(0, 50), {});   // .5, .56, .71
  const std::vector<CandidatePair> candidates = {{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};
  VerifyRule rule;
  rule.jaccard = 0.8;
  std::vector<ScoredPair> accepted, refused;
  verify_pairs(candidates, store, rule, accepted, nullptr, &refused, 0.6);
  BOOST_TEST((accepted == std::vector<ScoredPair>{{0, 1, {90, 100, 90}}}));
  const std::vector<ScoredPair> expected = {
      {0, 2, {70, 100, 70}}, {1, 2, {70, 90, 70}}, {2, 3, {50, 70, 50}}};
  BOOST_TEST((refused == expected));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
