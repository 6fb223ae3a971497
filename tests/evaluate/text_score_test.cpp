// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/text_score.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <vector>

namespace copydesk {
namespace {

using Spans = std::vector<TextSpan>;

BOOST_AUTO_TEST_SUITE(text_score)

BOOST_AUTO_TEST_CASE(tokens_by_hand) {
  TextComparison comparison;
  // the cat sat the mat / the THE dog sat: the twice, sat once.
  BOOST_TEST(
      (comparison.compare("The cat sat, the mat.", "the THE dog sat") == OverlapCounts{3, 5, 4}));
  // Order means nothing, number does.
  BOOST_TEST((comparison.compare("a b c", "c b a") == OverlapCounts{3, 3, 3}));
  BOOST_TEST((comparison.compare("a a a", "a") == OverlapCounts{1, 3, 1}));
  BOOST_TEST((comparison.compare("", " .,!\n") == OverlapCounts{0, 0, 0}));
  BOOST_TEST((comparison.compare("新闻", "新 社") == OverlapCounts{1, 2, 2}));
  TextComparison ascii(RougeTokens::kAscii);
  BOOST_TEST((ascii.compare("新闻 one", "新闻") == OverlapCounts{0, 1, 0}));
}

BOOST_AUTO_TEST_CASE(averages_by_hand) {
  const std::vector<OverlapCounts> documents = {{2, 4, 2}, {0, 0, 0}, {0, 3, 0}, {1, 1, 4}};
  const AveragedScore score = average(documents);
  BOOST_TEST(score.macro.precision == (1 + 1 + 0 + 0.25) / 4);
  BOOST_TEST(score.macro.recall == (0.5 + 1 + 0 + 1) / 4);
  BOOST_CHECK_CLOSE(score.macro.f1, (2. / 3 + 1 + 0 + 0.4) / 4, 1e-9);
  BOOST_TEST((score.total == OverlapCounts{3, 8, 6}));
  BOOST_TEST(score.micro.precision == 0.5);
  BOOST_TEST(score.micro.recall == 0.375);
  BOOST_TEST(average({}).macro.f1 == 1.0);
}

BOOST_AUTO_TEST_CASE(spans_by_hand) {
  const Spans truth = {{0, 10}, {20, 30}}, result = {{5, 25}, {28, 40}};
  BOOST_TEST((span_overlap(truth, result) == OverlapCounts{12, 20, 32}));
  BOOST_TEST((equal_spans(truth, result) == OverlapCounts{0, 2, 2}));
  BOOST_TEST((equal_spans(truth, Spans{{20, 30}, {20, 30}, {0, 9}}) == OverlapCounts{1, 2, 2}));
  // Overlapping spans of one side cover their bytes once; empty ones none.
  BOOST_TEST(
      (span_overlap(Spans{{0, 10}, {5, 15}, {7, 7}}, Spans{{0, 20}}) == OverlapCounts{15, 15, 20}));
}

BOOST_AUTO_TEST_CASE(spans_agree_with_sets_of_bytes) {
  std::mt19937 random(6);
  for (int trial = 0; trial < 200; ++trial) {
    Spans sides[2];
    std::set<std::size_t> bytes[2];
    for (int s = 0; s < 2; ++s) {
      for (std::size_t i = random() % 6; i > 0; --i) {
        const std::size_t begin = random() % 40;
        sides[s].push_back({begin, begin + random() % 12});
        for (auto b = begin; b < sides[s].back().end; ++b) bytes[s].insert(b);
      }
    }
    std::size_t shared = 0;
    for (const auto b : bytes[0]) shared += bytes[1].count(b);
    BOOST_TEST_CONTEXT("seed 6, trial " << trial) {
      BOOST_TEST((span_overlap(sides[0], sides[1]) ==
                  OverlapCounts{shared, bytes[0].size(), bytes[1].size()}));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
