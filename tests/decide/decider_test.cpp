// SPDX-License-Identifier: Apache-2.0
#include "copydesk/decide/decider.h"

#include <algorithm>
#include <map>
#include <numeric>

#include <boost/test/unit_test.hpp>

#include "copydesk/decide/second_look.h"
#include "random_sets.h"

namespace copydesk {
namespace {

using Numbers = std::vector<std::uint32_t>;

bool applies(const Overlap& overlap, const DecideOptions& options) {
  return overlap.jaccard() >= options.jaccard ||
         (options.containment > 0.0 && overlap.containment_a() >= options.containment);
}

Overlap seen_from(std::uint32_t document, const ScoredPair& pair) {
  return document == pair.a ? pair.overlap : pair.overlap.swapped();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decider)

BOOST_AUTO_TEST_CASE(no_chaining) {
  const std::vector<ScoredPair> pairs{{0, 1, {9, 10, 10}}, {1, 2, {9, 10, 10}}};
  const DecisionList decisions = decide(Numbers{0, 1, 2}, Numbers{0, 1, 2}, pairs, {});
  BOOST_TEST(decisions.kept_for == (Numbers{0, 0, 2}), boost::test_tools::per_element());
  BOOST_TEST_REQUIRE(decisions.removed.size() == 1U);
  BOOST_TEST((decisions.removed[0] ==
              Decision{1, 0, RemovalRule::kNearDuplicate, {9, 10, 10}}));
  // Visited first, the middle one removes both.
  BOOST_TEST(decide(Numbers{0, 1, 2}, Numbers{1, 0, 2}, pairs, {}).kept_for == (Numbers{1, 1, 1}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(containment_keeps_the_longer) {
  const std::vector<ScoredPair> pairs{{0, 1, {10, 10, 40}}};
  BOOST_TEST(decide(Numbers{0, 1}, Numbers{0, 1}, pairs, {}).removed.empty());
  const DecisionList decisions = decide(Numbers{0, 1}, Numbers{0, 1}, pairs, {0.8, 0.9});
  BOOST_TEST_REQUIRE(decisions.removed.size() == 1U);
  BOOST_TEST((decisions.removed[0] == Decision{0, 1, RemovalRule::kContained, {10, 10, 40}}));
}

BOOST_AUTO_TEST_CASE(equal_texts_share_their_representatives_fate) {
  // 2 stands for 3, 0 for 1; 2 is near 0.
  const DecisionList decisions =
      decide(Numbers{0, 0, 2, 2}, Numbers{0, 1, 2, 3}, std::vector<ScoredPair>{{0, 2, {9, 10, 9}}}, {});
  BOOST_TEST(decisions.kept_for == (Numbers{0, 0, 0, 0}), boost::test_tools::per_element());
  BOOST_TEST((decisions.removed[0] == Decision{1, 0, RemovalRule::kExact, {}}));
  BOOST_TEST((decisions.removed[1] == Decision{2, 0, RemovalRule::kNearDuplicate, {9, 9, 10}}));
  BOOST_TEST((decisions.removed[2] == Decision{3, 0, RemovalRule::kNearDuplicate, {9, 9, 10}}));
  BOOST_TEST(to_string(RemovalRule::kContained) == "contained");
}

BOOST_AUTO_TEST_CASE(random_graphs_keep_their_promises) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    RandomValues random(seed);
    const auto count = static_cast<std::uint32_t>(2 + random.next() % 20);
    const DecideOptions options{0.6, seed % 2 == 0 ? 0.0 : 0.9};
    Numbers sizes(count), all(count), ranks(count);
    for (std::uint32_t& size : sizes) size = static_cast<std::uint32_t>(8 + random.next() % 8);
    std::iota(all.begin(), all.end(), 0U);
    ranks = all;
    for (std::size_t i = count; i > 1; --i) std::swap(ranks[i - 1], ranks[random.next() % i]);
    std::vector<ScoredPair> pairs;
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = a + 1; b < count; ++b) {
        if (random.next() % 4 != 0) continue;
        const std::uint32_t shared = std::min(sizes[a], sizes[b]);
        pairs.push_back({a, b, {shared - static_cast<std::uint32_t>(random.next() % 3), sizes[a], sizes[b]}});
      }
    }
    const DecisionList decisions = decide(all, ranks, pairs, options);
    const auto comes_first = [&](std::uint32_t x, std::uint32_t y) {
      if (options.containment > 0.0 && sizes[x] != sizes[y]) return sizes[x] > sizes[y];
      return ranks[x] < ranks[y];
    };
    std::map<std::uint32_t, Decision> removed;
    for (const Decision& decision : decisions.removed) removed[decision.document] = decision;
    for (std::uint32_t document = 0; document < count; ++document) {
      const std::uint32_t kept = decisions.kept_for[document];
      BOOST_TEST_REQUIRE(removed.contains(document) == (kept != document));
      BOOST_TEST_REQUIRE(decisions.kept_for[kept] == kept);
      bool supported = kept == document;
      for (const ScoredPair& pair : pairs) {
        if (pair.a != document && pair.b != document) continue;
        const std::uint32_t other = pair.a == document ? pair.b : pair.a;
        const Overlap overlap = seen_from(document, pair);
        if (decisions.kept_for[other] != other || !applies(overlap, options)) continue;
        if (other == kept) supported = overlap == removed[document].overlap;
        // Kept beside none that comes before it; removed for the first that does.
        if (comes_first(other, document)) {
          BOOST_TEST_REQUIRE(kept != document);
          BOOST_TEST_REQUIRE((other == kept || comes_first(kept, other)));
        }
      }
      BOOST_TEST_REQUIRE(supported);
      BOOST_TEST_REQUIRE((kept == document || comes_first(kept, document)));
    }
    const std::vector<CandidatePair> look = second_look(pairs, decisions, {});
    BOOST_TEST(std::is_sorted(look.begin(), look.end()));
    for (const CandidatePair& candidate : look) {
      BOOST_TEST_REQUIRE(candidate.a < candidate.b);
      BOOST_TEST(decisions.kept_for[candidate.a] == candidate.a);
      BOOST_TEST(decisions.kept_for[candidate.b] == candidate.b);
      BOOST_TEST(std::none_of(pairs.begin(), pairs.end(), [&](const ScoredPair& pair) {
        return pair.a == candidate.a && pair.b == candidate.b;
      }));
    }
    BOOST_TEST(second_look(pairs, decisions, look).empty());
  }
}

BOOST_AUTO_TEST_CASE(second_look_follows_a_removed_leader) {
  const std::vector<ScoredPair> pairs{{0, 1, {9, 10, 10}}, {1, 2, {9, 10, 10}}};
  const DecisionList decisions = decide(Numbers{0, 1, 2}, Numbers{0, 1, 2}, pairs, {});
  BOOST_TEST((second_look(pairs, decisions, {}) == std::vector<CandidatePair>{{0, 2}}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
