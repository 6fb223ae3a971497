// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/pair_score.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "copydesk/evaluate/cluster_score.h"

namespace copydesk {
namespace {

const std::vector<KindRole> kOneKind = {KindRole::kRight};

PairScore score_list(const std::vector<LabeledPair>& truth,
                     const std::vector<DocumentPair>& result,
                     const std::vector<KindRole>& roles = kOneKind) {
  return score_pairs(truth, ResultPairs::from_list(result), roles);
}

BOOST_AUTO_TEST_SUITE(pair_score)

// Three true pairs, four found, two of them true.
BOOST_AUTO_TEST_CASE(by_hand) {
  const PairScore score = score_list({{0, 1}, {2, 3}, {4, 5}}, {{1, 0}, {3, 2}, {0, 2}, {6, 7}});
  BOOST_TEST((score.counts == OverlapCounts{2, 3, 4}));
  BOOST_TEST(score.score.precision == 0.5);
  BOOST_CHECK_CLOSE(score.score.recall, 2. / 3, 1e-9);
  BOOST_CHECK_CLOSE(score.score.f1, 4. / 7, 1e-9);
}

BOOST_AUTO_TEST_CASE(empty_sides) {
  BOOST_TEST((score_list({}, {}).score == PrecisionRecall{1, 1, 1}));
  BOOST_TEST((score_list({{0, 1}}, {}).score == PrecisionRecall{0, 0, 0}));
  BOOST_TEST((score_list({}, {{0, 1}}).score == PrecisionRecall{0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(repeats_and_self_pairs_do_not_count) {
  const PairScore score = score_list({{0, 1}, {1, 0}, {2, 2}}, {{0, 1}, {1, 0}, {0, 1}, {5, 5}});
  BOOST_TEST((score.counts == OverlapCounts{1, 1, 1}));
  BOOST_TEST(score.kinds.at(0).truth == 1u);
}

// Kind 0 right, 1 ignored, 2 a look-alike. Found: one right, one ignored, one look-alike, one that
// nobody listed.
BOOST_AUTO_TEST_CASE(roles_of_kinds) {
  const std::vector<KindRole> roles = {KindRole::kRight, KindRole::kIgnored, KindRole::kWrong};
  const std::vector<LabeledPair> truth = {{0, 1, 0}, {0, 2, 0}, {3, 4, 1}, {5, 6, 2}, {5, 7, 2}};
  const PairScore score = score_list(truth, {{0, 1}, {4, 3}, {5, 6}, {8, 9}}, roles);
  BOOST_TEST((score.counts == OverlapCounts{1, 2, 3}));
  BOOST_TEST(score.ignored_found == 1u);
  BOOST_TEST(score.kinds.at(0).recall() == 0.5);
  BOOST_TEST(score.kinds.at(1).recall() == 1.0);
  BOOST_TEST(score.kinds.at(2).recall() == 0.5);
  BOOST_TEST((score.kinds.at(2).role == KindRole::kWrong));
}

BOOST_AUTO_TEST_CASE(a_pair_of_two_kinds_counts_once_and_in_both) {
  const std::vector<KindRole> roles = {KindRole::kRight, KindRole::kIgnored};
  const PairScore score = score_list({{0, 1, 0}, {1, 0, 1}}, {{0, 1}}, roles);
  BOOST_TEST((score.counts == OverlapCounts{1, 1, 1}));
  BOOST_TEST(score.ignored_found == 0u);
  BOOST_TEST(score.kinds.at(0).found == 1u);
  BOOST_TEST(score.kinds.at(1).found == 1u);
}

BOOST_AUTO_TEST_CASE(clusters_equal_the_list_of_their_pairs) {
  std::mt19937 random(3);
  const auto below = [&](std::uint32_t bound) {
    return static_cast<std::uint32_t>(random() % bound);
  };
  for (int trial = 0; trial < 50; ++trial) {
    BOOST_TEST_CONTEXT("seed 3, trial " << trial) {
      std::vector<std::uint32_t> labels(20);
      for (auto& label : labels) label = below(3) == 0 ? kUnclustered : below(6);
      std::vector<DocumentPair> list;
      for (std::uint32_t a = 0; a < labels.size(); ++a) {
        for (std::uint32_t b = 0; b < a; ++b) {
          if (labels[a] == labels[b] && labels[a] != kUnclustered) list.push_back({a, b});
        }
      }
      std::vector<LabeledPair> truth;
      for (int i = 0; i < 30; ++i) truth.push_back({below(25), below(25), below(2)});
      const std::vector<KindRole> roles = {KindRole::kRight, KindRole::kIgnored};
      const auto from_list = ResultPairs::from_list(list),
                 from_clusters = ResultPairs::from_clusters(labels);
      const PairScore a = score_pairs(truth, from_list, roles);
      const PairScore b = score_pairs(truth, from_clusters, roles);
      BOOST_TEST((a.counts == b.counts));
      BOOST_TEST(a.ignored_found == b.ignored_found);
      BOOST_TEST(from_list.partners(25) == from_clusters.partners(25));

      // And to the definition by sets.
      std::set<std::pair<std::uint32_t, std::uint32_t>> right, ignored, found;
      for (const auto& pair : truth) {
        if (pair.a == pair.b) continue;
        (pair.kind == 0 ? right : ignored).insert(std::minmax(pair.a, pair.b));
      }
      for (const auto& pair : list) found.insert(std::minmax(pair.a, pair.b));
      OverlapCounts expected{0, right.size(), 0};
      for (const auto& pair : found) {
        expected.shared += right.count(pair);
        expected.result += right.count(pair) == 1 || ignored.count(pair) == 0;
      }
      BOOST_TEST((a.counts == expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(order_does_not_matter) {
  std::vector<LabeledPair> truth = {{0, 1, 0}, {2, 3, 1}, {4, 5, 0}, {6, 7, 1}};
  std::vector<DocumentPair> result = {{0, 1}, {3, 2}, {4, 6}, {7, 6}};
  const std::vector<KindRole> roles(2, KindRole::kRight);
  const PairScore before = score_list(truth, result, roles);
  std::reverse(truth.begin(), truth.end());
  std::reverse(result.begin(), result.end());
  for (auto& pair : result) std::swap(pair.a, pair.b);
  const PairScore after = score_list(truth, result, roles);
  BOOST_TEST((before.score == after.score));
  BOOST_TEST(before.kinds.at(1).found == after.kinds.at(1).found);
}

// Documents 0-2 are a true family; 3, 4 are a pair; 5, 6, 7 are unique.
// Found: 0-1, 0-2, 1-2 (family complete), 3-5, 5-3 and nothing for 4, 6, 7.
// 0, 1, 2: TP; 3: FP (found, but not its partner); 4: FN; 5: FP; 6, 7: TN.
BOOST_AUTO_TEST_CASE(documents_by_hand) {
  const std::vector<LabeledPair> truth = {{0, 1}, {0, 2}, {1, 2}, {3, 4}};
  const auto result =
      ResultPairs::from_list(std::vector<DocumentPair>{{0, 1}, {0, 2}, {1, 2}, {3, 5}});
  const DocumentScore score = score_documents(truth, result, kOneKind, 8);
  BOOST_TEST(score.true_positives == 3u);
  BOOST_TEST(score.false_positives == 2u);
  BOOST_TEST(score.false_negatives == 1u);
  BOOST_TEST(score.true_negatives == 2u);
  BOOST_CHECK_CLOSE(score.precision_duplicates, 3. / 5, 1e-9);
  BOOST_CHECK_CLOSE(score.recall_duplicates, 3. / 4, 1e-9);
  BOOST_CHECK_CLOSE(score.precision_others, 2. / 3, 1e-9);
  BOOST_CHECK_CLOSE(score.recall_others, 2. / 4, 1e-9);
  BOOST_CHECK_CLOSE(score.macro_precision, (3. / 5 + 2. / 3) / 2, 1e-9);
  BOOST_CHECK_CLOSE(score.macro_f1, (2. / 3 + 4. / 7) / 2, 1e-9);
  BOOST_CHECK_CLOSE(score.accuracy, 5. / 8, 1e-9);
}

// A corpus in which every document has a copy has no others to be wrong about; one without copies,
// no duplicates. What is wrong in either stays wrong.
BOOST_AUTO_TEST_CASE(nothing_to_find_and_nothing_found_is_right) {
  const std::vector<LabeledPair> pair = {{0, 1}};
  const std::vector<LabeledPair> none;
  const auto found = ResultPairs::from_list(std::vector<DocumentPair>{{0, 1}});
  const auto nothing = ResultPairs::from_list(std::vector<DocumentPair>{});
  for (const auto& [truth, result, documents] :
       {std::tuple{pair, &found, 2}, {none, &nothing, 2}, {none, &nothing, 0}}) {
    const DocumentScore score =
        score_documents(truth, *result, kOneKind, static_cast<std::size_t>(documents));
    BOOST_TEST(score.macro_f1 == 1.0);
    BOOST_TEST(score.macro_precision == 1.0);
    BOOST_TEST(score.accuracy == 1.0);
  }
  BOOST_TEST(score_documents(pair, nothing, kOneKind, 2).macro_f1 == 0.0);
  BOOST_TEST(score_documents(none, found, kOneKind, 2).macro_f1 == 0.0);
}

// A superset of the true partners is a true positive by that benchmark, but not accurate.
BOOST_AUTO_TEST_CASE(documents_with_too_many_partners) {
  const std::vector<LabeledPair> truth = {{0, 1}};
  const auto result = ResultPairs::from_clusters({0, 0, 0});
  const DocumentScore score = score_documents(truth, result, kOneKind, 3);
  BOOST_TEST(score.true_positives == 2u);
  BOOST_TEST(score.false_positives == 1u);
  BOOST_TEST(score.accuracy == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
