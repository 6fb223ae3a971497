// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

#include "copydesk/reuse/gapped_extension.h"
#include "reference/reuse.h"
#include "reuse/made_tokens.h"

namespace copydesk {

namespace {

using tests::Tokens;

// What the runs are worth on the way to `end`: every token between them costs one, or two side by
// side cost one together.
int score_of(const std::vector<SharedRun>& runs, const Extension& end) {
  int score = 0;
  std::size_t a = 0;
  std::size_t b = 0;
  for (std::size_t i = runs.size(); i-- > 0;) {
    score -= static_cast<int>(std::max(runs[i].begin_a - a, runs[i].begin_b - b));
    score += static_cast<int>(runs[i].length);
    a = runs[i].begin_a + runs[i].length;
    b = runs[i].begin_b + runs[i].length;
  }
  return score - static_cast<int>(std::max(end.length_a - a, end.length_b - b));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gapped_extension)

BOOST_AUTO_TEST_CASE(without_a_drop_limit_it_is_the_best_alignment) {
  tests::Random random(5);
  GappedExtender extender;
  for (int round = 0; round < 500; ++round) {
    BOOST_TEST_CONTEXT("round " << round) {
      const auto vocabulary = static_cast<std::uint32_t>(2 + round % 5);
      // Within the band whatever happens.
      const Tokens a =
          tests::random_tokens(random, random() % (GappedExtender::kBand + 1), vocabulary);
      const Tokens b =
          tests::random_tokens(random, random() % (GappedExtender::kBand + 1), vocabulary);
      std::vector<SharedRun> runs;
      const Extension end = extender.extend(a, b, 1000, runs);
      const int best = reference::best_extension(a, b);
      BOOST_REQUIRE_EQUAL(score_of(runs, end), best);
      for (const SharedRun& run : runs) {
        for (std::size_t i = 0; i < run.length; ++i) {
          BOOST_REQUIRE_EQUAL(a[run.begin_a + i], b[run.begin_b + i]);
        }
      }
      if (best == 0) {
        BOOST_REQUIRE_EQUAL(end.length_a + end.length_b, 0u);
      } else {
        BOOST_REQUIRE_EQUAL(runs.front().begin_a + runs.front().length, end.length_a);
        BOOST_REQUIRE_EQUAL(runs.front().begin_b + runs.front().length, end.length_b);
      }
    }
  }
}

// Thirty equal tokens before keep the look ahead from ending the search, and change nothing else.
BOOST_AUTO_TEST_CASE(what_leads_nowhere_is_what_would_have_led_nowhere) {
  tests::Random random(6);
  GappedExtender extender;
  const std::size_t ahead = 30;
  int nowhere = 0;
  for (int round = 0; round < 4000; ++round) {
    BOOST_TEST_CONTEXT("round " << round) {
      const auto vocabulary = static_cast<std::uint32_t>(2 + round % 40);
      const Tokens a = tests::random_tokens(random, random() % 60, vocabulary);
      const Tokens b = tests::random_tokens(random, random() % 60, vocabulary);
      const auto drop = static_cast<std::int32_t>(1 + random() % 10);
      std::vector<SharedRun> runs, runs_ahead;
      const Extension end = extender.extend(a, b, drop, runs);
      const Tokens equal = tests::counted_tokens(1000, ahead);
      const Extension end_ahead =
          extender.extend(tests::joined({equal, a}), tests::joined({equal, b}), drop, runs_ahead);
      BOOST_REQUIRE_EQUAL(end.length_a + ahead, end_ahead.length_a);
      BOOST_REQUIRE_EQUAL(end.length_b + ahead, end_ahead.length_b);
      nowhere += end.length_a == 0 ? 1 : 0;
    }
  }
  BOOST_TEST(nowhere > 1000);
  BOOST_TEST(nowhere < 3900);
}

BOOST_AUTO_TEST_CASE(it_stops_where_the_texts_part) {
  const Tokens a = tests::joined({tests::counted_tokens(0, 30), tests::counted_tokens(1000, 200),
                                  tests::counted_tokens(60, 30)});
  const Tokens b = tests::joined({tests::counted_tokens(0, 30), tests::counted_tokens(2000, 200),
                                  tests::counted_tokens(60, 30)});
  GappedExtender extender;
  std::vector<SharedRun> runs;
  const Extension end = extender.extend(a, b, 8, runs);
  BOOST_TEST(end.length_a == 30u);
  BOOST_TEST(end.length_b == 30u);
  BOOST_TEST(runs.size() == 1u);
}

BOOST_AUTO_TEST_CASE(it_passes_over_replaced_dropped_and_added_tokens) {
  const Tokens a = tests::counted_tokens(0, 40);
  Tokens b = a;
  b[5] = 999;
  b.erase(b.begin() + 20);
  b.insert(b.begin() + 30, {997, 998});
  GappedExtender extender;
  std::vector<SharedRun> runs;
  const Extension end = extender.extend(a, b, 8, runs);
  BOOST_TEST(end.length_a == 40u);
  BOOST_TEST(end.length_b == 41u);
  std::size_t matched = 0;
  for (const SharedRun& run : runs) matched += run.length;
  BOOST_TEST(matched == 38u);
}

BOOST_AUTO_TEST_CASE(gaps_are_filled_with_a_longest_common_subsequence) {
  tests::Random random(6);
  GappedExtender extender;
  for (int round = 0; round < 300; ++round) {
    const Tokens a = tests::random_tokens(random, random() % 20, 4);
    const Tokens b = tests::random_tokens(random, random() % 20, 4);
    std::vector<SharedRun> runs;
    extender.fill(a, b, runs);
    std::size_t matched = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      matched += runs[i].length;
      for (std::size_t k = 0; k < runs[i].length; ++k) {
        BOOST_REQUIRE_EQUAL(a[runs[i].begin_a + k], b[runs[i].begin_b + k]);
      }
      if (i == 0) continue;
      BOOST_REQUIRE(runs[i].begin_a + runs[i].length <= runs[i - 1].begin_a);
      BOOST_REQUIRE(runs[i].begin_b + runs[i].length <= runs[i - 1].begin_b);
    }
    BOOST_REQUIRE_EQUAL(matched, reference::longest_common_subsequence(a, b));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
