// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <random>
#include <vector>

#include "copydesk/reuse/exact_matches.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/reuse/gram_index.h"
#include "copydesk/reuse/match_chains.h"
#include "reference/reuse.h"
#include "reuse/made_tokens.h"

namespace copydesk {

namespace {

using tests::Tokens;

}  // namespace

BOOST_AUTO_TEST_SUITE(matches)

BOOST_AUTO_TEST_CASE(equal_windows_have_equal_hashes_wherever_they_stand) {
  tests::Random random(1);
  const Tokens tokens = tests::random_tokens(random, 300, 3);
  std::vector<std::uint64_t> rolled;
  for (const std::size_t size : {1u, 2u, 5u, 6u, 17u}) {
    hash_grams(tokens, size, rolled);
    BOOST_REQUIRE_EQUAL(rolled.size(), tokens.size() - size + 1);
    for (std::size_t i = 0; i < rolled.size(); ++i) {
      std::vector<std::uint64_t> alone;
      hash_grams(tests::part(tokens, i, i + size), size, alone);
      BOOST_REQUIRE_EQUAL(alone.size(), 1u);
      BOOST_REQUIRE_EQUAL(rolled[i], alone[0]);
    }
  }
  hash_grams(tests::counted_tokens(1, 4), 5, rolled);
  BOOST_TEST(rolled.empty());
}

BOOST_AUTO_TEST_CASE(a_quarter_of_the_grams_are_fingerprints) {
  std::vector<std::uint64_t> fingerprints;
  make_fingerprints(tests::counted_tokens(7, 40'000), fingerprints);
  BOOST_TEST(fingerprints.size() > 9'700u);
  BOOST_TEST(fingerprints.size() < 10'300u);
  BOOST_TEST(std::is_sorted(fingerprints.begin(), fingerprints.end()));
}

BOOST_AUTO_TEST_CASE(a_gram_by_itself_has_the_hash_it_has_in_a_row) {
  const Tokens tokens = tests::counted_tokens(3, 40);
  std::vector<std::uint64_t> rolled;
  hash_grams(tokens, 6, rolled);
  for (std::size_t i = 0; i < rolled.size(); ++i) {
    BOOST_TEST(hash_gram(std::span(tokens).subspan(i, 6)) == rolled[i]);
  }
}

BOOST_AUTO_TEST_CASE(the_index_lists_all_places_in_order) {
  tests::Random random(2);
  GramIndex index;
  for (const std::size_t size : {1u, 3u, 5u, 20u}) {
    for (const std::size_t count : {0u, 2u, 20u, 21u, 500u}) {
      const Tokens tokens = tests::random_tokens(random, count, 4);
      index.build(tokens, size);
      std::map<Tokens, std::vector<std::uint32_t>> places;
      for (std::uint32_t i = 0; i + size <= tokens.size(); ++i) {
        places[tests::part(tokens, i, i + size)].push_back(i);
      }
      BOOST_TEST(index.distinct() == places.size());
      for (const auto& [gram, expected] : places) {
        std::uint32_t place = index.first(gram.data());
        for (const std::uint32_t i : expected) {
          BOOST_REQUIRE_EQUAL(place, i);
          BOOST_REQUIRE_EQUAL(index.is_unique(i), expected.size() == 1);
          place = index.next(place);
        }
        BOOST_REQUIRE_EQUAL(place, GramIndex::kNone);
      }
      const Tokens other(size, 12345);
      BOOST_TEST(index.first(other.data()) == GramIndex::kNone);
    }
  }
}

BOOST_AUTO_TEST_CASE(hits_are_all_places_that_are_in_the_text_and_few_others) {
  tests::Random random(7);
  GramIndex index;
  std::vector<std::uint32_t> buffer;
  for (const std::size_t size : {1u, 5u, 6u, 40u}) {
    for (const std::size_t count : {0u, 4u, 5u, 40u, 3000u}) {
      Tokens a, b;
      for (std::size_t i = 0; i < count; ++i) a.push_back(static_cast<std::uint32_t>(random()));
      for (std::size_t i = 0; i < count; ++i) b.push_back(static_cast<std::uint32_t>(random()));
      std::copy(a.begin() + a.size() / 2, a.end(), b.begin() + b.size() / 2);
      index.build(a, size);
      const auto hits = index.find_hits(b, buffer);
      BOOST_TEST(std::is_sorted(hits.begin(), hits.end()));
      std::size_t others = 0;
      for (std::uint32_t j = 0; j + size <= b.size(); ++j) {
        const bool is_hit = std::binary_search(hits.begin(), hits.end(), j);
        const bool is_there = index.first(&b[j]) != GramIndex::kNone;
        BOOST_REQUIRE(is_hit || !is_there);
        others += is_hit && !is_there ? 1 : 0;
      }
      BOOST_TEST(others <= count / 10 + 2);
      std::vector<std::uint32_t> visited;
      index.visit_hits(b, [&](std::size_t j) {
        visited.push_back(static_cast<std::uint32_t>(j));
        return j + 1;
      });
      BOOST_TEST(visited == std::vector<std::uint32_t>(hits.begin(), hits.end()),
                 boost::test_tools::per_element());
      // Going on from a later place leaves out what is before it, and nothing else.
      std::size_t from = 0;
      std::vector<std::uint32_t> with_gaps, expected;
      index.visit_hits(b, [&](std::size_t j) {
        with_gaps.push_back(static_cast<std::uint32_t>(j));
        return j + 1 + j % 7;
      });
      for (const std::uint32_t j : visited) {
        if (j < from) continue;
        expected.push_back(j);
        from = j + 1 + j % 7;
      }
      BOOST_TEST(with_gaps == expected, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(runs_of_grams_that_stand_once_are_counted) {
  Tokens tokens = tests::counted_tokens(0, 300);
  for (const std::size_t place : {70u, 71u, 200u, 290u}) tokens[place] = 3;
  GramIndex index;
  index.build(tokens, 1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::size_t run = 0;
    while (i + run < tokens.size() && index.is_unique(static_cast<std::uint32_t>(i + run))) ++run;
    for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{5}, run, run + 1}) {
      if (i + most > tokens.size()) continue;
      BOOST_REQUIRE_EQUAL(index.unique_run(i, most), std::min(run, most));
    }
  }
}

BOOST_AUTO_TEST_CASE(matches_are_all_maximal_ones) {
  tests::Random random(3);
  ExactMatcher matcher;
  for (int round = 0; round < 400; ++round) {
    BOOST_TEST_CONTEXT("round " << round) {
      const auto vocabulary = static_cast<std::uint32_t>(2 + round % 9);
      const Tokens a = tests::random_tokens(random, random() % 50, vocabulary);
      const Tokens b = tests::random_tokens(random, random() % 50, vocabulary);
      const std::size_t size = 1 + random() % 5;
      matcher.prepare(a, size);
      const auto expected = reference::maximal_matches(a, b, size);
      const std::span<const SharedRun> found = matcher.find(b);
      BOOST_REQUIRE_EQUAL(found.size(), expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        BOOST_REQUIRE(std::make_tuple(found[i].begin_a, found[i].begin_b, found[i].length) ==
                      expected[i]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(only_matches_that_are_short_and_alone_are_left_out) {
  tests::Random random(8);
  ExactMatcher matcher;
  std::size_t left_out = 0;
  for (int round = 0; round < 40; ++round) {
    BOOST_TEST_CONTEXT("round " << round) {
      // Phrases of three to nine tokens strewn into texts that have nothing else in common.
      const std::size_t size = 1500;
      Tokens a, b;
      for (std::size_t i = 0; i < size; ++i) a.push_back(static_cast<std::uint32_t>(random()));
      for (std::size_t i = 0; i < size; ++i) b.push_back(static_cast<std::uint32_t>(random()));
      for (int phrase = 0; phrase < 60; ++phrase) {
        const std::size_t from = random() % (size - 9);
        const std::size_t to = random() % (size - 9);
        std::copy_n(a.begin() + static_cast<std::ptrdiff_t>(from), 3 + random() % 7,
                    b.begin() + static_cast<std::ptrdiff_t>(to));
      }
      matcher.prepare(a, 3);
      const auto all = matcher.find(b);
      const std::vector<SharedRun> expected(all.begin(), all.end());
      const auto found = matcher.find(b, {}, 8);
      const auto gap = [](std::size_t begin, std::size_t end, std::size_t next) {
        return next > end ? next - end : begin > next ? begin - next : 0;
      };
      std::size_t next = 0;
      for (const SharedRun& match : expected) {
        if (next < found.size() && found[next] == match) {
          ++next;
          continue;
        }
        ++left_out;
        BOOST_TEST(match.length < 8u);
        for (const SharedRun& other : expected) {
          if (other == match) continue;
          const bool is_near =
              gap(match.begin_a, match.begin_a + match.length, other.begin_a) <= 30 &&
              gap(match.begin_b, match.begin_b + match.length, other.begin_b) <= 30;
          BOOST_TEST(!is_near);
        }
      }
      BOOST_TEST(next == found.size());
    }
  }
  BOOST_TEST(left_out > 200u);
}

BOOST_AUTO_TEST_CASE(a_text_of_one_token_does_not_take_forever) {
  const Tokens same(20'000, 5);
  ExactMatcher matcher;
  matcher.prepare(same, 5);
  const std::size_t found = matcher.find(same).size();
  BOOST_TEST(found >= 1u);
  BOOST_TEST(found <= 2 * ExactMatcher::kMostPlaces + same.size());
}

BOOST_AUTO_TEST_CASE(chains_are_the_best_there_are) {
  tests::Random random(4);
  for (int round = 0; round < 200; ++round) {
    std::vector<SharedRun> matches;
    for (std::size_t i = 0; i < 1 + random() % 8; ++i) {
      matches.push_back({random() % 40, random() % 40, 1 + random() % 10});
    }
    std::sort(matches.begin(), matches.end(), [](const SharedRun& x, const SharedRun& y) {
      return std::tie(x.begin_a, x.begin_b) < std::tie(y.begin_a, y.begin_b);
    });
    std::vector<ChainLink> links;
    link_matches(matches, 10, links);
    // Every subset of matches that ends with match i and follows the rules, in order.
    for (std::size_t last = 0; last < matches.size(); ++last) {
      ChainScore best = 0;
      for (std::uint32_t subset = 0; subset < 1u << last; ++subset) {
        ChainScore score = 0;
        const SharedRun* previous = nullptr;
        bool is_chain = true;
        for (std::size_t i = 0; i <= last && is_chain; ++i) {
          if (i < last && !(subset >> i & 1)) continue;
          const SharedRun& next = matches[i];
          if (previous == nullptr) {
            score = 10 * static_cast<ChainScore>(next.length);
          } else {
            const auto end_a = static_cast<long>(previous->begin_a + previous->length);
            const auto end_b = static_cast<long>(previous->begin_b + previous->length);
            const long overlap = std::max({0L, end_a - static_cast<long>(next.begin_a),
                                           end_b - static_cast<long>(next.begin_b)});
            const long gap_a = static_cast<long>(next.begin_a) + overlap - end_a;
            const long gap_b = static_cast<long>(next.begin_b) + overlap - end_b;
            is_chain = previous->begin_a < next.begin_a && previous->begin_b < next.begin_b &&
                       overlap < static_cast<long>(next.length) && gap_a <= 10 && gap_b <= 10;
            score += 10 * (static_cast<long>(next.length) - overlap) - std::abs(gap_a - gap_b);
          }
          previous = &next;
        }
        if (is_chain) best = std::max(best, score);
      }
      BOOST_REQUIRE_EQUAL(links[last].score, best);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
