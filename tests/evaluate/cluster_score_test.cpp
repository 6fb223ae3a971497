// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/cluster_score.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <numeric>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace copydesk {
namespace {

using Labels = std::vector<std::uint32_t>;

Labels parse(const std::string& text) {
  std::istringstream stream(text);
  Labels labels;
  for (std::uint32_t label; stream >> label;) labels.push_back(label);
  return labels;
}

struct Expected {
  const char* truth;
  const char* result;
  double adjusted_rand, homogeneity, completeness, v_measure, bcubed_precision, bcubed_recall;
  std::uint64_t shared_pairs, truth_pairs, result_pairs;
};
// Computed with scikit-learn 1.9.1 (adjusted_rand_score, homogeneity_completeness_v_measure,
// pair_confusion_matrix); B-cubed by its definition, document by document.
// clang-format off
constexpr Expected kExpected[] = {
    {"1 0 2 0 3 3 3 3 1 0 3 0", "1 0 0 0 0 2 1 0 1 0 1 0", 0.1359516616, 0.3623754256, 0.5048407070, 0.4219060490, 0.5000000000, 0.7333333333, 9, 17, 27},
    {"3 5 0 4 1 3 3 4 1 2 1 5 1 3 2 0 3 4 5 0", "3 4 0 4 6 3 3 4 1 6 1 5 1 6 2 0 5 4 5 0", 0.4909415667, 0.7873025783, 0.7282540763, 0.7566280155, 0.7583333333, 0.6683333333, 13, 26, 21},
    {"0 2 1 1 1 2 0 1 0 1 2 2 2 2 1 2 0 0 2 0 0 0 2 2 0 1 2 1 2 1", "0 2 1 0 1 23 0 1 6 1 2 18 2 13 1 2 0 0 2 0 0 0 2 2 0 17 8 1 2 1", 0.5918825209, 0.9038941766, 0.5677930961, 0.6974645804, 0.9407407407, 0.6185185185, 77, 138, 85},
    {"0 7 0 4 3 4 1 9 2 5 4 1 2 2 4 8 2 10 4 10 11 4 7 11 5 7 7 1 0 4 6 5 6 3 4 1 4 11 8 3", "6 0 0 4 3 7 10 9 10 8 4 1 2 2 10 8 2 10 0 10 4 4 6 11 5 7 9 9 0 11 6 5 6 3 4 9 4 11 8 3", 0.3098413962, 0.7116673691, 0.6941759927, 0.7028128678, 0.5891666667, 0.5805555556, 23, 69, 57},
};
// clang-format on

BOOST_AUTO_TEST_SUITE(cluster_score)

BOOST_AUTO_TEST_CASE(agrees_with_scikit_learn) {
  for (const Expected& expected : kExpected) {
    const ClusterScore score = score_clusters(parse(expected.truth), parse(expected.result));
    BOOST_CHECK_SMALL(score.adjusted_rand - expected.adjusted_rand, 1e-9);
    BOOST_CHECK_SMALL(score.homogeneity - expected.homogeneity, 1e-9);
    BOOST_CHECK_SMALL(score.completeness - expected.completeness, 1e-9);
    BOOST_CHECK_SMALL(score.v_measure - expected.v_measure, 1e-9);
    BOOST_CHECK_SMALL(score.bcubed.precision - expected.bcubed_precision, 1e-9);
    BOOST_CHECK_SMALL(score.bcubed.recall - expected.bcubed_recall, 1e-9);
    BOOST_TEST((score.pairs ==
                OverlapCounts{expected.shared_pairs, expected.truth_pairs, expected.result_pairs}));
  }
}

// Truth {0 1 2} {3}, found {0 1} {2 3}: pairs 01 02 12 against 01 23.
BOOST_AUTO_TEST_CASE(by_hand) {
  const ClusterScore score = score_clusters(Labels{0, 0, 0, 1}, Labels{0, 0, 1, 1});
  BOOST_TEST((score.pairs == OverlapCounts{1, 3, 2}));
  BOOST_CHECK_CLOSE(score.bcubed.precision, (1 + 1 + 0.5 + 0.5) / 4, 1e-9);
  BOOST_CHECK_CLOSE(score.bcubed.recall, (2. / 3 + 2. / 3 + 1. / 3 + 1) / 4, 1e-9);
  // 2 (tn tp - fn fp) / ((tp + fn)(fn + tn) + (tp + fp)(fp + tn)) with tp 1, fn 2, fp 1, tn 2.
  BOOST_TEST(score.adjusted_rand == 0.0);
  BOOST_TEST(score.truth_clusters == 2u);
  BOOST_TEST(score.result_clusters == 2u);
}

BOOST_AUTO_TEST_CASE(the_truth_itself_scores_one) {
  for (const Labels& labels : {Labels{}, Labels{0}, Labels{0, 0, 0}, Labels{0, 1, 2},
                               Labels{2, 0, 2, kUnclustered, 0, kUnclustered}}) {
    const ClusterScore score = score_clusters(labels, labels);
    BOOST_TEST(score.adjusted_rand == 1.0);
    BOOST_TEST((score.bcubed == PrecisionRecall{1, 1, 1}));
    BOOST_TEST((score.pairwise == PrecisionRecall{1, 1, 1}));
    BOOST_TEST(score.homogeneity == 1.0);
    BOOST_TEST(score.completeness == 1.0);
    BOOST_TEST(score.v_measure == 1.0);
  }
}

BOOST_AUTO_TEST_CASE(all_alone_and_all_together) {
  const Labels truth = {0, 0, 1, 1};
  const ClusterScore alone = score_clusters(truth, Labels(4, kUnclustered));
  BOOST_TEST(alone.homogeneity == 1.0);
  BOOST_CHECK_CLOSE(alone.completeness, 0.5, 1e-9);  // log 2 of log 4
  BOOST_TEST(alone.bcubed.precision == 1.0);
  BOOST_TEST(alone.bcubed.recall == 0.5);
  BOOST_TEST(alone.adjusted_rand == 0.0);
  BOOST_TEST(alone.result_clusters == 4u);
  const ClusterScore together = score_clusters(truth, Labels(4, 0));
  BOOST_TEST(together.homogeneity == 0.0);
  BOOST_TEST(together.completeness == 1.0);
  BOOST_TEST(together.bcubed.precision == 0.5);
}

// Unclustered documents are clusters of their own; names and order of clusters mean nothing;
// exchanging the sides exchanges precision and recall.
BOOST_AUTO_TEST_CASE(labels_and_order_mean_nothing) {
  std::mt19937 random(5);
  const auto below = [&](std::uint32_t bound) {
    return static_cast<std::uint32_t>(random() % bound);
  };
  for (int trial = 0; trial < 100; ++trial) {
    BOOST_TEST_CONTEXT("seed 5, trial " << trial) {
      const std::size_t n = 40;
      Labels sides[2] = {Labels(n), Labels(n)};
      for (Labels& side : sides) {
        for (auto& label : side) label = below(4) == 0 ? kUnclustered : below(8);
      }
      const ClusterScore score = score_clusters(sides[0], sides[1]);
      Labels named[2] = {Labels(n), Labels(n)};
      std::vector<std::size_t> order(n);
      std::iota(order.begin(), order.end(), 0);
      std::shuffle(order.begin(), order.end(), random);
      for (int s = 0; s < 2; ++s) {
        std::uint32_t next = 8;
        for (std::size_t i = 0; i < n; ++i) {
          const std::uint32_t label = sides[s][order[i]];
          // At most 32 documents get a label of their own for the bound on labels to hold.
          named[s][i] = label != kUnclustered ? 7 - label : next < n ? next++ : kUnclustered;
        }
      }
      const ClusterScore other = score_clusters(named[0], named[1]);
      BOOST_CHECK_SMALL(score.adjusted_rand - other.adjusted_rand, 1e-12);
      BOOST_CHECK_SMALL(score.v_measure - other.v_measure, 1e-12);
      BOOST_CHECK_SMALL(score.bcubed.f1 - other.bcubed.f1, 1e-12);
      BOOST_TEST((score.pairs == other.pairs));
      BOOST_TEST(score.truth_clusters == other.truth_clusters);

      const ClusterScore back = score_clusters(sides[1], sides[0]);
      BOOST_CHECK_SMALL(score.adjusted_rand - back.adjusted_rand, 1e-12);
      BOOST_CHECK_SMALL(score.homogeneity - back.completeness, 1e-12);
      BOOST_CHECK_SMALL(score.bcubed.precision - back.bcubed.recall, 1e-12);
      for (const double value : {score.homogeneity, score.completeness, score.v_measure,
                                 score.bcubed.precision, score.bcubed.recall}) {
        BOOST_TEST((value >= 0 && value <= 1));
      }
    }
  }
}

// Sums over pairs pass 2^32 with 100,000 documents in one cluster.
BOOST_AUTO_TEST_CASE(large_clusters_do_not_overflow) {
  const std::size_t n = 200000;
  Labels truth(n, 0), result(n);
  for (std::size_t i = 0; i < n; ++i) result[i] = i < n / 2 ? 0 : 1;
  const ClusterScore score = score_clusters(truth, result);
  BOOST_TEST(score.pairs.truth == 19999900000u);
  BOOST_TEST(score.pairs.shared == 9999900000u);
  BOOST_TEST(score.homogeneity == 1.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
