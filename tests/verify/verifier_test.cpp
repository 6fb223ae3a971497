// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/verifier.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"
#include "reference/jaccard.h"

namespace copydesk {
namespace {

using Set = std::set<std::uint64_t>;

// Verifies every pair of `sets` and compares with sets of the standard library.
void check_all_pairs(const std::vector<Set>& sets, const VerifyRule& rule) {
  ShingleSetStore store({}, 1 << 20);
  for (std::uint32_t i = 0; i < sets.size(); ++i) {
    store.add(i, std::vector(sets[i].begin(), sets[i].end()), {});
  }
  std::vector<CandidatePair> candidates;
  std::vector<ScoredPair> expected;
  for (std::uint32_t a = 0; a < sets.size(); ++a) {
    for (std::uint32_t b = a + 1; b < sets.size(); ++b) {
      candidates.push_back({a, b});
      const auto shared = static_cast<double>(reference::shared_elements(sets[a], sets[b]));
      const auto contains = [&](const Set& set) {
        return set.empty() || shared / static_cast<double>(set.size()) >= rule.containment;
      };
      if (reference::jaccard(sets[a], sets[b]) >= rule.jaccard ||
          (rule.containment > 0.0 && (contains(sets[a]) || contains(sets[b])))) {
        expected.push_back({a, b,
                            {static_cast<std::uint32_t>(shared),
                             static_cast<std::uint32_t>(sets[a].size()),
                             static_cast<std::uint32_t>(sets[b].size())}});
      }
    }
  }
  std::vector<ScoredPair> accepted;
  verify_pairs(candidates, store, rule, accepted);
  BOOST_TEST((accepted == expected));
  BOOST_TEST(expected.size() < candidates.size());
  // Distinct sets are never equal.
  BOOST_TEST(expected.empty() == (rule.jaccard == 1.0 && rule.containment == 0.0));
  // Appends, in whatever order candidates come.
  std::reverse(candidates.begin(), candidates.end());
  verify_pairs(candidates, store, rule, accepted);
  expected.insert(expected.end(), expected.rbegin(), expected.rend());
  BOOST_TEST((accepted == expected));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(verifier)

BOOST_AUTO_TEST_CASE(overlap_worked_by_hand) {
  const Overlap overlap{3, 4, 12};  // 13 elements in all
  BOOST_TEST(overlap.jaccard() == 3.0 / 13.0);
  BOOST_TEST(overlap.containment_a() == 0.75);
  BOOST_TEST(overlap.containment_b() == 0.25);
  BOOST_TEST((overlap.swapped() == Overlap{3, 12, 4}));
  const Overlap empty{0, 0, 0};
  BOOST_TEST(empty.jaccard() == 1.0);
  BOOST_TEST(empty.containment_a() == 1.0);
  BOOST_TEST((Overlap{0, 0, 5}).jaccard() == 0.0);
  BOOST_TEST((Overlap{0, 0, 5}).containment_a() == 1.0);
  BOOST_TEST((Overlap{0, 0, 5}).containment_b() == 0.0);
  constexpr std::uint32_t kMost = 0xFFFFFFFF;
  BOOST_TEST((Overlap{kMost, kMost, kMost}).jaccard() == 1.0);
}

BOOST_AUTO_TEST_CASE(rules_include_their_bound) {
  BOOST_TEST((VerifyRule{0.8, 0.0}.accepts({8, 8, 10})));
  BOOST_TEST((!VerifyRule{0.8, 0.0}.accepts({8, 9, 10})));
  BOOST_TEST((VerifyRule{0.8, 0.75}.accepts({3, 4, 100})));
  BOOST_TEST((VerifyRule{0.8, 0.75}.accepts({3, 100, 4})));
  BOOST_TEST((!VerifyRule{0.8, 0.76}.accepts({3, 4, 100})));
  BOOST_TEST((!VerifyRule{0.8, 0.0}.accepts({4, 4, 100})));
}

BOOST_AUTO_TEST_CASE(all_sets_over_six_elements) {
  std::vector<Set> sets(64);
  for (std::uint64_t mask = 0; mask < 64; ++mask) {
    for (std::uint64_t bit = 0; bit < 6; ++bit) {
      if ((mask >> bit & 1) != 0) sets[mask].insert(bit << 60 | bit);
    }
  }
  for (const double jaccard : {0.01, 0.5, 0.8, 1.0}) {
    for (const double containment : {0.0, 0.5, 1.0}) check_all_pairs(sets, {jaccard, containment});
  }
}

BOOST_AUTO_TEST_CASE(random_sets) {
  RandomValues random(3);
  std::vector<Set> sets;
  for (int i = 0; i < 60; ++i) {
    Set set;
    if (i % 3 != 0) set = sets.back();
    for (std::uint64_t left = random.next() % (i % 3 != 0 ? 40 : 300); left > 0; --left) {
      set.insert(random.next());
    }
    sets.push_back(std::move(set));
  }
  for (const double jaccard : {0.3, 0.8, 0.9}) {
    for (const double containment : {0.0, 0.9}) check_all_pairs(sets, {jaccard, containment});
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
