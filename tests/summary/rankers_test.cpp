// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "copydesk/summary/directed_centrality.h"
#include "copydesk/summary/reference_rankers.h"
#include "copydesk/summary/weighted_rows.h"
#include "reference/sentence_rankers.h"
#include "summary/random_rows.h"

using namespace copydesk;

namespace {

void check_close(const std::vector<double>& found, const std::vector<double>& wanted,
                 double tolerance) {
  BOOST_REQUIRE_EQUAL(found.size(), wanted.size());
  double largest = 1e-12;
  for (const double value : wanted) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i < found.size(); ++i) {
    BOOST_TEST_CONTEXT("sentence " << i << ": " << found[i] << " for " << wanted[i]) {
      BOOST_TEST(std::abs(found[i] - wanted[i]) <= tolerance * largest);
    }
  }
}

std::vector<double> score(RankMethod method, const RandomRows& rows,
                          const ReferenceRankerOptions& options = {}) {
  std::vector<double> scores;
  score_by_reference(method, rows.rows, rows.rows.rows(), rows.idf, options, {}, scores);
  return scores;
}

constexpr double kTolerance = 2e-5;

// One case with dense matrices inside, one beyond the size where the library leaves them.
template <class Check>
void for_each_case(Check&& check) {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      check(make_random_rows(seed, 1 + seed, 12, seed % 3 == 0));
    }
  }
  BOOST_TEST_CONTEXT("many sentences") {
    check(make_random_rows(99, 330, 150, true));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rankers)

BOOST_AUTO_TEST_CASE(directed_centrality_agrees_with_all_pairs) {
  for_each_case([](const RandomRows& rows) {
    for (const double norm : {0.0, 0.8, 1.0}) {
      for (const double direction : {0.0, 0.5, 0.7}) {
        DirectedCentrality centrality;
        centrality.weigh(rows.rows, rows.idf, {direction, 0.5, norm, 0.5});
        std::vector<float> scores(rows.rows.rows());
        std::vector<double> cosines;
        centrality.score(scores, direction, DirectedCentrality::kNoRow, cosines);
        check_close({scores.begin(), scores.end()},
                    reference::directed(rows.counts, rows.dense_idf, direction, 0.5, norm, 0.5),
                    2e-4);
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(lexrank_agrees_with_dense_matrix) {
  for_each_case([](const RandomRows& rows) {
    check_close(score(RankMethod::kLexRank, rows),
                reference::lexrank(rows.counts, rows.dense_idf, 0.1, 0.85), kTolerance);
    check_close(score(RankMethod::kLexRankContinuous, rows),
                reference::lexrank_continuous(rows.counts, rows.dense_idf, 0.85), kTolerance);
  });
}

BOOST_AUTO_TEST_CASE(textrank_and_bm25_agree_with_dense_matrix) {
  for_each_case([](const RandomRows& rows) {
    check_close(score(RankMethod::kTextRank, rows), reference::textrank(rows.counts, 0.85),
                kTolerance);
    check_close(score(RankMethod::kBm25, rows), reference::bm25(rows.counts, 1.2, 0.75, 0.85),
                2e-4);
  });
}

BOOST_AUTO_TEST_CASE(pacsum_agrees_with_all_pairs) {
  for_each_case([](const RandomRows& rows) {
    for (const double beta : {0.0, 0.3}) {
      ReferenceRankerOptions options;
      options.beta = beta;
      options.lambda = 0.6;
      check_close(score(RankMethod::kPacSum, rows, options),
                  reference::pacsum(rows.counts, beta, 0.6), 1e-4);
    }
  });
}

BOOST_AUTO_TEST_CASE(pacsum_by_prefix_sums_agrees_with_all_pairs) {
  const RandomRows rows = make_random_rows(5, 2010, 60, true);
  ReferenceRankerOptions options;
  options.lambda = 0.7;
  check_close(score(RankMethod::kPacSum, rows, options), reference::pacsum(rows.counts, 0.0, 0.7),
              1e-4);
}

BOOST_AUTO_TEST_CASE(centroid_agrees_with_dense_vectors) {
  for_each_case([](const RandomRows& rows) {
    check_close(score(RankMethod::kCentroid, rows),
                reference::centroid(rows.counts, rows.dense_idf), kTolerance);
  });
}

BOOST_AUTO_TEST_CASE(sum_basic_chooses_in_the_same_order) {
  // Ties between words of equal weight are decided by sentence order in both, if only one such word
  // is looked for; so weights are kept apart by using few sentences.
  TermIndexer indexer;
  RandomRows rows;
  indexer.start(0, rows.rows);
  const std::vector<std::vector<std::uint64_t>> texts = {
      {1, 1, 1, 1, 2, 2, 3}, {1, 2, 4}, {1, 5, 5, 5, 5, 5}, {2, 2, 2, 4, 4}, {3, 3, 3, 1}};
  for (const auto& text : texts) indexer.append(text, rows.rows);
  rows.idf.assign(rows.rows.terms(), 5.0F);
  reference::Matrix counts(texts.size(), std::vector<double>(rows.rows.terms(), 0.0));
  for (std::size_t s = 0; s < texts.size(); ++s) {
    const auto terms = rows.rows.terms_of(s);
    for (std::size_t i = 0; i < terms.size(); ++i) counts[s][terms[i]] = rows.rows.counts_of(s)[i];
  }
  check_close(score(RankMethod::kSumBasic, rows), reference::sum_basic(counts), 1e-9);
}

// Three groups of five sentences that are alike: one of each group comes before the second of any.
BOOST_AUTO_TEST_CASE(submodular_takes_one_of_each_group_first) {
  TermIndexer indexer;
  RandomRows rows;
  indexer.start(0, rows.rows);
  for (std::uint64_t sentence = 0; sentence < 15; ++sentence) {
    const std::uint64_t group = 10 * (1 + sentence / 5);
    const std::vector<std::uint64_t> text = {group, group + 1, group + 2, 100 + sentence};
    indexer.append(text, rows.rows);
  }
  rows.idf.assign(rows.rows.terms(), 2.0F);
  const std::vector<double> scores = score(RankMethod::kSubmodular, rows);
  for (std::size_t group = 0; group < 3; ++group) {
    const auto first = scores.begin() + static_cast<std::ptrdiff_t>(5 * group);
    BOOST_TEST(*std::max_element(first, first + 5) >= 13.0);
  }
}

// Three sentences "a b", "b c", "c d" with equal weights, norm exponent 1: cosines 0-1 and 1-2 are
// one half, 0-2 nothing.
BOOST_AUTO_TEST_CASE(directed_centrality_by_hand) {
  TermIndexer indexer;
  TermRows rows;
  indexer.start(0, rows);
  for (const auto& text : std::vector<std::vector<std::uint64_t>>{{1, 2}, {2, 3}, {3, 4}}) {
    indexer.append(text, rows);
  }
  const std::vector<float> idf(4, 1.0F);
  DirectedCentrality centrality;
  centrality.weigh(rows, idf, {0.25, 1.0, 1.0, 1.0});
  std::vector<float> scores(3);
  std::vector<double> cosines;
  centrality.score(scores, 0.25, DirectedCentrality::kNoRow, cosines);
  BOOST_TEST(std::abs(scores[0] - 0.375F) < 1e-6F);
  BOOST_TEST(std::abs(scores[1] - 0.25F) < 1e-6F);
  BOOST_TEST(std::abs(scores[2] + 0.125F) < 1e-6F);
  std::vector<double> between(2);
  centrality.cosines_between(0, 1, between);
  BOOST_TEST(std::abs(between[0] - 0.5) < 1e-6);
  BOOST_TEST(between[1] == 0.0);
  BOOST_TEST(cosines == (std::vector<double>{0.0, 0.0, 0.0}), boost::test_tools::per_element());

  // The last row as a title: it has no part in the scores of the others.
  scores.resize(2);
  centrality.score(scores, 0.25, 2, cosines);
  BOOST_TEST(std::abs(scores[0] - 0.375F) < 1e-6F);
  BOOST_TEST(std::abs(scores[1] + 0.125F) < 1e-6F);
  BOOST_TEST(cosines.size() == 2U);
  BOOST_TEST(cosines[0] == 0.0);
  BOOST_TEST(std::abs(cosines[1] - 0.5) < 1e-6);
}

// LexRank on a star: sentence 0 shares with 1 and 2, which share nothing with each other. Degrees
// with self-links are 3, 2, 2: p0 = (1-d)/3 + d (p0/3 + p1/2 + p2/2).
BOOST_AUTO_TEST_CASE(lexrank_by_hand) {
  TermIndexer indexer;
  RandomRows rows;
  indexer.start(0, rows.rows);
  for (const auto& text : std::vector<std::vector<std::uint64_t>>{{1, 2}, {1, 3}, {2, 4}}) {
    indexer.append(text, rows.rows);
  }
  rows.idf.assign(4, 2.0F);
  const std::vector<double> scores = score(RankMethod::kLexRank, rows);
  const double d = 0.85;
  const double p0 = ((1 - d) / 3 + d / 2) / (1 - d / 3 + d / 2);
  BOOST_TEST(std::abs(scores[0] - p0) < 1e-6);
  BOOST_TEST(std::abs(scores[1] - (1 - p0) / 2) < 1e-6);
}

// Beyond kMostRowsByPairs sentences nothing takes the square of their number, and what is done
// instead stays close to the method.
BOOST_AUTO_TEST_CASE(long_texts_are_ranked_in_linear_time) {
  const RandomRows rows = make_random_rows(5, kMostRowsByPairs + 500, 40, true);
  check_close(score(RankMethod::kLexRank, rows), score(RankMethod::kLexRankContinuous, rows), 0.0);
  ReferenceRankerOptions with_beta;
  with_beta.beta = 0.5;
  check_close(score(RankMethod::kPacSum, rows, with_beta), score(RankMethod::kPacSum, rows), 0.0);
  // The scores are the order of choice, whoever competes.
  std::vector<double> order = score(RankMethod::kSubmodular, rows);
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) {
    BOOST_TEST(order[i] == static_cast<double>(i + 1));
  }
}

// Lengths of long texts are rounded for TextRank, by less than a third: scores move little.
BOOST_AUTO_TEST_CASE(textrank_of_a_long_text_is_close_to_that_of_a_short_one) {
  const auto mean_of_first = [](std::size_t sentences) {
    const RandomRows rows = make_random_rows(6, sentences, 40, false);
    const std::vector<double> scores = score(RankMethod::kTextRank, rows);
    double sum = 0.0;
    for (std::size_t i = 0; i < 1000; ++i) sum += scores[i] * static_cast<double>(sentences);
    return sum / 1000.0;
  };
  BOOST_TEST(std::abs(mean_of_first(kMostRowsByPairs) / mean_of_first(kMostRowsByPairs + 1) - 1.0) <
             0.05);
}

BOOST_AUTO_TEST_SUITE_END()
