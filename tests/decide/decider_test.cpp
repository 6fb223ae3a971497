// SPDX-License-Identifier: Apache-2.0
#include "copydesk/decide/decider.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"
#include "reference/decide.h"

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
  BOOST_TEST((decisions.removed[0] == Decision{1, 0, RemovalRule::kNearDuplicate, {9, 10, 10}}));
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
  const DecisionList decisions = decide(Numbers{0, 0, 2, 2}, Numbers{0, 1, 2, 3},
                                        std::vector<ScoredPair>{{0, 2, {9, 10, 9}}}, {});
  BOOST_TEST(decisions.kept_for == (Numbers{0, 0, 0, 0}), boost::test_tools::per_element());
  BOOST_TEST((decisions.removed[0] == Decision{1, 0, RemovalRule::kSameWords, {}}));
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
        pairs.push_back(
            {a, b, {shared - static_cast<std::uint32_t>(random.next() % 3), sizes[a], sizes[b]}});
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
  }
}

// Step by step or all over again: the same looks and the same decisions, of which every one rests
// on a pair that was compared.
BOOST_AUTO_TEST_CASE(second_looks_are_those_of_the_plain_version) {
  std::size_t longest = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    RandomValues random(seed);
    const auto count = static_cast<std::uint32_t>(2 + random.next() % 40);
    const DecideOptions options{0.6, seed % 3 == 0 ? 0.9 : 0.0};
    Numbers sizes(count), all(count), ranks(count);
    for (std::uint32_t& size : sizes) size = static_cast<std::uint32_t>(8 + random.next() % 8);
    std::iota(all.begin(), all.end(), 0U);
    ranks = all;
    for (std::size_t i = count; i > 1; --i) std::swap(ranks[i - 1], ranks[random.next() % i]);
    // How alike any two are, if somebody asks, and the pairs that bands brought together.
    const std::uint64_t alike = 1 + random.next() % 4;
    const auto verify = [&](const CandidatePair& pair, std::vector<ScoredPair>& accepted) {
      RandomValues chance(seed << 16 | pair.a << 8 | pair.b);
      if (chance.next() % 4 >= alike) return;
      const std::uint32_t least = std::min(sizes[pair.a], sizes[pair.b]);
      const auto shared = least - static_cast<std::uint32_t>(chance.next() % 3);
      accepted.push_back({pair.a, pair.b, {shared, sizes[pair.a], sizes[pair.b]}});
    };
    std::vector<ScoredPair> pairs;
    const std::uint64_t rate = 2 + random.next() % 8;
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = a + 1; b < count; ++b) {
        if (random.next() % rate == 0) verify({a, b}, pairs);
      }
    }
    const reference::Decided expected = reference::decide_with_looks(ranks, pairs, options, verify);

    Decider decider(all, ranks, pairs, options);
    std::vector<CandidatePair> looked_at;
    std::size_t looks = 0;
    for (;; ++looks) {
      const std::span<const CandidatePair> look = decider.second_look();
      if (look.empty()) break;
      BOOST_TEST_REQUIRE(std::is_sorted(look.begin(), look.end()));
      looked_at.insert(looked_at.end(), look.begin(), look.end());
      std::vector<ScoredPair> found;
      for (const CandidatePair& pair : look) verify(pair, found);
      decider.add(found);
      decider.settle();
      pairs.insert(pairs.end(), found.begin(), found.end());
    }
    longest = std::max(longest, looks);
    BOOST_TEST_REQUIRE((looked_at == expected.looked_at));
    const DecisionList decisions = decider.decisions();
    BOOST_TEST_REQUIRE((decisions.kept_for == expected.kept_for));
    std::sort(pairs.begin(), pairs.end(), [](const ScoredPair& x, const ScoredPair& y) {
      return CandidatePair{x.a, x.b} < CandidatePair{y.a, y.b};
    });
    BOOST_TEST_REQUIRE((decisions.removed == decide(all, ranks, pairs, options).removed));
  }
  BOOST_TEST(longest >= 5U);
}

// Even where the bound on weighings ends the looks: each of several families is decided on as it would be
// alone, and looked at as often.
BOOST_AUTO_TEST_CASE(components_do_not_concern_each_other) {
  std::size_t ended_early = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    RandomValues random(seed);
    const std::size_t families = 2 + random.next() % 4;
    DecideOptions options{0.6, seed % 3 == 0 ? 0.9 : 0.0};
    options.most_weighings = 1 + random.next() % 5;
    std::vector<std::uint32_t> starts{0}, sizes;
    std::vector<ScoredPair> pairs;
    const auto verify = [&](const CandidatePair& pair, std::vector<ScoredPair>& accepted) {
      RandomValues chance(seed << 20 | pair.a << 10 | pair.b);
      if (chance.next() % 4 == 0) return;
      const std::uint32_t least = std::min(sizes[pair.a], sizes[pair.b]);
      const auto shared = least - static_cast<std::uint32_t>(chance.next() % 3);
      accepted.push_back({pair.a, pair.b, {shared, sizes[pair.a], sizes[pair.b]}});
    };
    for (std::size_t family = 0; family < families; ++family) {
      starts.push_back(starts.back() + static_cast<std::uint32_t>(2 + random.next() % 60));
      const std::uint64_t rate = 2 + random.next() % 12;
      while (sizes.size() < starts.back()) {
        sizes.push_back(static_cast<std::uint32_t>(8 + random.next() % 8));
      }
      for (std::uint32_t a = starts[family]; a < starts.back(); ++a) {
        for (std::uint32_t b = a + 1; b < starts.back(); ++b) {
          if (random.next() % rate == 0) verify({a, b}, pairs);
        }
      }
    }
    Numbers all(sizes.size()), ranks;
    std::iota(all.begin(), all.end(), 0U);
    ranks = all;
    for (std::size_t i = ranks.size(); i > 1; --i) {
      std::swap(ranks[i - 1], ranks[random.next() % i]);
    }
    const auto decided = [&](const std::vector<ScoredPair>& given, std::uint64_t most) {
      DecideOptions bound = options;
      bound.most_weighings = most;
      Decider decider(all, ranks, given, bound);
      for (;;) {
        const std::span<const CandidatePair> look = decider.second_look();
        if (look.empty()) break;
        std::vector<ScoredPair> found;
        for (const CandidatePair& pair : look) verify(pair, found);
        decider.add(found);
        decider.settle();
      }
      return std::pair(decider.decisions().removed, decider.pairs_weighed());
    };
    std::vector<Decision> removed;
    std::uint64_t weighed = 0;
    for (std::size_t family = 0; family < families; ++family) {
      std::vector<ScoredPair> own;
      std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(own),
                   [&](const ScoredPair& pair) {
                     return pair.a >= starts[family] && pair.a < starts[family + 1];
                   });
      const auto [decisions, work] = decided(own, options.most_weighings);
      removed.insert(removed.end(), decisions.begin(), decisions.end());
      weighed += work;
    }
    const auto together = decided(pairs, options.most_weighings);
    BOOST_TEST_REQUIRE((together.first == removed));
    BOOST_TEST_REQUIRE(together.second == weighed);
    ended_early += decided(pairs, 1000).first != removed ? 1 : 0;
  }
  BOOST_TEST(ended_early >= 10U);
}

// All are alike, but bands have brought them together with a few leaders only, and some of the
// leaders with each other. The work for a pair may not grow with the family.
BOOST_AUTO_TEST_CASE(a_family_falls_to_its_first_document_in_a_few_looks) {
  for (const std::uint32_t count : {2000U, 4000U, 8000U}) {
    RandomValues random(count);
    Numbers all(count), leaders;
    std::iota(all.begin(), all.end(), 0U);
    std::vector<CandidatePair> together;
    for (std::uint32_t i = 0; i < 200; ++i) {
      const auto leader = static_cast<std::uint32_t>(random.next() % count);
      leaders.push_back(leader);
      for (std::uint32_t j = 0; j < std::min(i, 40U); ++j) {
        const std::uint32_t other = leaders[random.next() % i];
        together.push_back({std::min(leader, other), std::max(leader, other)});
      }
    }
    for (std::uint32_t member = 0; member < count; ++member) {
      for (int i = 0; i < 8; ++i) {
        const std::uint32_t leader = leaders[random.next() % leaders.size()];
        together.push_back({std::min(leader, member), std::max(leader, member)});
      }
    }
    std::sort(together.begin(), together.end());
    together.erase(std::unique(together.begin(), together.end()), together.end());
    std::vector<ScoredPair> pairs;
    for (const CandidatePair& pair : together) {
      if (pair.a != pair.b) pairs.push_back({pair.a, pair.b, {9, 10, 10}});
    }
    const std::size_t first_pairs = pairs.size();
    Decider decider(all, all, pairs, {});
    std::size_t looks = 0, looked_at = 0;
    for (;; ++looks) {
      const std::span<const CandidatePair> look = decider.second_look();
      if (look.empty()) break;
      looked_at += look.size();
      std::vector<ScoredPair> found;
      for (const CandidatePair& pair : look) found.push_back({pair.a, pair.b, {9, 10, 10}});
      decider.add(found);
      decider.settle();
    }
    BOOST_TEST_MESSAGE(count << ": " << looks << " looks at " << looked_at << ", "
                             << decider.pairs_weighed() << " weighed of " << first_pairs);
    BOOST_TEST(decider.decisions().removed.size() == count - 1);
    BOOST_TEST(looks <= 6U);
    BOOST_TEST(looked_at <= 4 * count);
    BOOST_TEST(decider.pairs_weighed() <= 12 * (first_pairs + looked_at));
  }
}

// Where links and leads go to a file and pairs are added in parts, nothing changes.
BOOST_AUTO_TEST_CASE(decisions_do_not_depend_on_memory) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RandomValues random(seed);
    const auto count = static_cast<std::uint32_t>(1 + random.next() % 60);
    Numbers all(count), ranks;
    std::iota(all.begin(), all.end(), 0U);
    ranks = all;
    for (std::size_t i = count; i > 1; --i) std::swap(ranks[i - 1], ranks[random.next() % i]);
    std::vector<ScoredPair> pairs;
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = a + 1; b < count; ++b) {
        const auto shared = static_cast<std::uint32_t>(8 + random.next() % 3);
        if (random.next() % 4 == 0) pairs.push_back({a, b, {shared, 10, 10}});
      }
    }
    const PairSource source = [&](const auto& take) {
      for (std::size_t begin = 0; begin < pairs.size(); begin += 7) {
        take(std::span(pairs).subspan(begin, std::min<std::size_t>(7, pairs.size() - begin)));
      }
    };
    const auto decided = [&](std::size_t memory_bytes) {
      Decider decider(all, ranks, source, {}, {}, {memory_bytes, memory_bytes});
      std::vector<CandidatePair> looks;
      for (;;) {
        const std::span<const CandidatePair> look = decider.second_look();
        if (look.empty()) break;
        looks.insert(looks.end(), look.begin(), look.end());
        std::vector<ScoredPair> found;
        for (const CandidatePair& pair : look) found.push_back({pair.a, pair.b, {9, 10, 10}});
        const std::size_t half = found.size() / 2;
        decider.add(std::span(found).first(half));
        decider.add(std::span(found).subspan(half));
        decider.settle();
      }
      return std::pair(looks, decider.decisions().removed);
    };
    const auto expected = decided(~std::size_t{0});
    for (const std::size_t memory_bytes : {0U, 64U, 1000U}) {
      BOOST_TEST_CONTEXT("seed " << seed << ", " << memory_bytes << " bytes") {
        BOOST_TEST((decided(memory_bytes) == expected));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(second_look_follows_a_removed_leader) {
  const Numbers all{0, 1, 2};
  const std::vector<ScoredPair> pairs = {{0, 1, {9, 10, 10}}, {1, 2, {9, 10, 10}}};
  Decider decider(all, all, pairs, {});
  const std::span<const CandidatePair> look = decider.second_look();
  BOOST_TEST_REQUIRE(look.size() == 1U);
  BOOST_TEST((look[0] == CandidatePair{0, 2}));
  BOOST_TEST(decider.second_look().empty());
  decider.add(std::vector<ScoredPair>{{0, 2, {9, 10, 10}}});
  decider.settle();
  BOOST_TEST(decider.second_look().empty());
  BOOST_TEST(decider.decisions().kept_for == (Numbers{0, 0, 0}), boost::test_tools::per_element());
}

// Documents 0 and 1 are there to be compared with: alike as they are, both stay, the longer new one
// goes for a shorter old one, and nothing lists the two of them.
BOOST_AUTO_TEST_CASE(old_documents_are_never_removed) {
  const std::vector<std::uint32_t> representatives{0, 0, 2, 3};
  const std::vector<std::uint32_t> ranks{0, 1, 3, 2};
  DecideOptions options;
  options.containment = 0.9;
  options.old.first_new = 2;
  Decider decider(representatives, ranks,
                  {{0, 2, {90, 100, 95}}, {0, 3, {95, 100, 105}}, {2, 3, {90, 95, 105}}}, options);
  BOOST_TEST(decider.second_look().empty());
  const DecisionList decisions = decider.decisions();
  BOOST_REQUIRE(decisions.removed.size() == 2u);
  BOOST_TEST(decisions.removed[0].document == 2u);
  BOOST_TEST(decisions.removed[0].kept == 0u);
  BOOST_TEST(decisions.removed[1].document == 3u);
  BOOST_TEST(decisions.kept_for[1] == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
