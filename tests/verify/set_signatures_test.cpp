// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/set_signatures.h"

#include <algorithm>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {
namespace {

using Sets = std::vector<std::vector<std::uint64_t>>;

struct Verified {
  std::vector<ScoredPair> accepted, refused;
};

// All pairs of `sets`, with signatures for which there are `bytes`; tells how many are ruled out.
Verified verify(const Sets& sets, const VerifyRule& rule, std::size_t bytes, std::size_t& ruled_out,
                std::size_t& signatures) {
  ShingleSetStore store({}, 1 << 24);
  std::vector<CandidatePair> pairs;
  for (std::uint32_t a = 0; a < sets.size(); ++a) {
    store.add(a, sets[a], {});
    for (std::uint32_t b = a + 1; b < sets.size(); ++b) pairs.push_back({a, b});
  }
  const SetSignatures made(pairs, store, bytes, 2);
  signatures = made.size();
  ruled_out = static_cast<std::size_t>(std::count_if(
      pairs.begin(), pairs.end(), [&](const CandidatePair& pair) { return made.rule_out(pair, rule); }));
  Verified verified;
  verify_pairs(pairs, store, rule, verified.accepted, &made, &verified.refused, 0.6);
  Verified plain;
  verify_pairs(pairs, store, rule, plain.accepted, nullptr, &plain.refused, 0.6);
  BOOST_TEST((verified.accepted == plain.accepted));
  BOOST_TEST((verified.refused == plain.refused));
  return plain;
}

// Copies of one set of which each has as many of its values changed as `changes` says; every seventh is a part
// of one of half the size.
Sets copies(RandomValues& random, std::size_t size, std::size_t count, std::size_t changes) {
  const std::vector<std::uint64_t> base = random.take(size);
  Sets sets;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::uint64_t> set = base;
    for (std::size_t c = random.next() % (changes + 1); c > 0; --c) {
      set[random.next() % set.size()] = random.next();
    }
    if (i % 7 == 6) set.resize(size / 2);
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    sets.push_back(set);
  }
  return sets;
}

constexpr std::size_t kRoom = 1 << 24;

}  // namespace

BOOST_AUTO_TEST_SUITE(set_signatures)

BOOST_AUTO_TEST_CASE(no_pair_is_lost) {
  RandomValues random(1);
  for (const std::size_t size : {1, 2, 7, 30, 31, 32, 33, 400, 1000}) {
    for (const VerifyRule& rule : {VerifyRule{0.8}, VerifyRule{0.5}, VerifyRule{0.9, 0.9}}) {
      std::size_t ruled_out = 0, signatures = 0;
      verify(copies(random, size, 40, size / 2), rule, kRoom, ruled_out, signatures);
      // The last ones stand in few pairs as the first of two, and in many as the second.
      BOOST_TEST(signatures == 40u);
    }
  }
}

// Sets that share .65 of their shingles, as the copies of a template do, are ruled out nearly all.
BOOST_AUTO_TEST_CASE(copies_of_a_template_are_ruled_out) {
  RandomValues random(2);
  const std::vector<std::uint64_t> common = random.take(340);
  Sets sets;
  for (int i = 0; i < 60; ++i) {
    sets.push_back(common);
    const std::vector<std::uint64_t> own = random.take(90);
    sets.back().insert(sets.back().end(), own.begin(), own.end());
    std::sort(sets.back().begin(), sets.back().end());
  }
  std::size_t ruled_out = 0, signatures = 0;
  const Verified verified = verify(sets, {0.8}, kRoom, ruled_out, signatures);
  BOOST_TEST(verified.accepted.empty());
  BOOST_TEST(verified.refused.size() == 60u * 59u / 2u);
  BOOST_TEST(ruled_out > 60u * 59u / 2u * 99u / 100u);
}

// All bits of one group: signatures that tell nothing.
BOOST_AUTO_TEST_CASE(values_that_are_no_hashes) {
  Sets sets;
  for (std::uint64_t i = 0; i < 12; ++i) {
    sets.emplace_back();
    for (std::uint64_t value = 0; value < 50; ++value) sets.back().push_back((value + i) << 40);
  }
  std::size_t ruled_out = 0, signatures = 0;
  const Verified verified = verify(sets, {0.8}, kRoom, ruled_out, signatures);
  BOOST_TEST(ruled_out == 0u);
  BOOST_TEST(!verified.accepted.empty());
}

BOOST_AUTO_TEST_CASE(there_are_no_more_than_fit_or_are_worth_it) {
  RandomValues random(3);
  const Sets sets = copies(random, 400, 40, 200);
  std::size_t ruled_out = 0, signatures = 0;
  verify(sets, {0.8}, 10 * 512, ruled_out, signatures);  // 400 shingles take 4,096 bits
  BOOST_TEST(signatures == 10u);
  verify(sets, {0.8}, 0, ruled_out, signatures);
  BOOST_TEST(signatures == 0u);
  BOOST_TEST(ruled_out == 0u);
  verify({sets.begin(), sets.begin() + 4}, {0.8}, kRoom, ruled_out, signatures);  // three pairs each
  BOOST_TEST(signatures == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
