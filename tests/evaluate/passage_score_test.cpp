// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/passage_score.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>
#include <set>
#include <vector>

namespace copydesk {
namespace {

using Passages = std::vector<AlignedPassage>;

// A passage of `size` characters at the same place of both documents.
AlignedPassage passage(std::uint32_t copy, std::uint32_t source, std::size_t begin,
                       std::size_t size) {
  return {copy, source, {begin, begin + size}, {begin, begin + size}};
}

BOOST_AUTO_TEST_SUITE(passage_score)

BOOST_AUTO_TEST_CASE(empty_sides) {
  const Passages none, one = {passage(0, 1, 0, 100)};
  BOOST_TEST(score_passages(none, none).plagdet == 1.0);
  BOOST_TEST(score_passages(one, none).plagdet == 0.0);
  BOOST_TEST(score_passages(none, one).plagdet == 0.0);
  BOOST_TEST(score_passages(none, one).granularity == 1.0);
}

BOOST_AUTO_TEST_CASE(a_perfect_result) {
  const Passages truth = {passage(0, 1, 0, 100), passage(0, 2, 50, 70), passage(3, 1, 5, 9)};
  const PassageScore score = score_passages(truth, truth);
  BOOST_TEST(score.precision == 1.0);
  BOOST_TEST(score.recall == 1.0);
  BOOST_TEST(score.granularity == 1.0);
  BOOST_TEST(score.plagdet == 1.0);
  BOOST_TEST(score.detected == 3u);
}

// One of two found; found twice as long as it is; found in two pieces.
BOOST_AUTO_TEST_CASE(by_hand) {
  const Passages two = {passage(0, 1, 0, 100), passage(2, 3, 0, 100)};
  const PassageScore half = score_passages(two, Passages{two[0]});
  BOOST_TEST(half.recall == 0.5);
  BOOST_TEST(half.precision == 1.0);

  const PassageScore wide = score_passages(Passages{two[0]}, Passages{passage(0, 1, 0, 200)});
  BOOST_TEST(wide.recall == 1.0);
  BOOST_TEST(wide.precision == 0.5);
  BOOST_CHECK_CLOSE(wide.plagdet, 2. / 3, 1e-9);

  const PassageScore pieces =
      score_passages(Passages{two[0]}, Passages{passage(0, 1, 0, 50), passage(0, 1, 50, 50)});
  BOOST_TEST(pieces.recall == 1.0);
  BOOST_TEST(pieces.precision == 1.0);
  BOOST_TEST(pieces.granularity == 2.0);
  BOOST_CHECK_CLOSE(pieces.plagdet, 1 / std::log2(3.0), 1e-9);

  // (0..100) against detections at 25..100 and 50..150: union 75 of 100 on both sides; the first
  // lies wholly inside, the second by half.
  const PassageScore mixed =
      score_passages(Passages{two[0]}, Passages{passage(0, 1, 25, 75), passage(0, 1, 50, 100)});
  BOOST_TEST(mixed.recall == 0.75);
  BOOST_TEST(mixed.precision == 0.75);
  BOOST_TEST(mixed.granularity == 2.0);
}

BOOST_AUTO_TEST_CASE(both_sides_and_the_direction_must_agree) {
  const Passages truth = {{0, 1, {0, 100}, {0, 100}}};
  BOOST_TEST(score_passages(truth, Passages{{0, 1, {0, 100}, {200, 300}}}).recall == 0.0);
  BOOST_TEST(score_passages(truth, Passages{{1, 0, {0, 100}, {0, 100}}}).recall == 0.0);
  BOOST_TEST(score_passages(truth, Passages{{0, 2, {0, 100}, {0, 100}}}).recall == 0.0);
  // 60 of 100 in the copy and 20 of 100 in the source.
  BOOST_CHECK_CLOSE(score_passages(truth, Passages{{0, 1, {40, 100}, {80, 100}}}).recall, 0.4,
                    1e-9);
  // Touching is not overlapping.
  BOOST_TEST(score_passages(truth, Passages{{0, 1, {100, 200}, {0, 100}}}).detected == 0u);
}

BOOST_AUTO_TEST_CASE(restricting_to_true_pairs) {
  const Passages truth = {passage(0, 1, 0, 10), passage(2, 3, 0, 10)};
  const Passages result = {passage(0, 1, 50, 10), passage(0, 3, 0, 10), passage(1, 0, 0, 10),
                           passage(2, 3, 0, 10)};
  const Passages kept = within_true_pairs(truth, result);
  BOOST_REQUIRE(kept.size() == 2u);
  BOOST_TEST(kept[0].in_copy.begin == 50u);
  BOOST_TEST(kept[1].copy == 2u);
}

// Character by character, on random passages of three documents.
BOOST_AUTO_TEST_CASE(agrees_with_the_definition) {
  std::mt19937 random(9);
  for (int trial = 0; trial < 300; ++trial) {
    BOOST_TEST_CONTEXT("seed 9, trial " << trial) {
      Passages sides[2];
      for (Passages& side : sides) {
        for (std::size_t i = 1 + random() % 6; i > 0; --i) {
          AlignedPassage p{static_cast<std::uint32_t>(random() % 2),
                           static_cast<std::uint32_t>(2 + random() % 2),
                           {},
                           {}};
          p.in_copy.begin = random() % 30;
          p.in_copy.end = p.in_copy.begin + 1 + random() % 20;
          p.in_source.begin = random() % 30;
          p.in_source.end = p.in_source.begin + 1 + random() % 20;
          side.push_back(p);
        }
      }
      const auto overlapping = [](const AlignedPassage& a, const AlignedPassage& b) {
        return a.copy == b.copy && a.source == b.source && a.in_copy.begin < b.in_copy.end &&
               b.in_copy.begin < a.in_copy.end && a.in_source.begin < b.in_source.end &&
               b.in_source.begin < a.in_source.end;
      };
      const auto recall = [&](const Passages& wanted, const Passages& given, double& granularity) {
        double sum = 0, touched = 0, hits = 0;
        for (const auto& w : wanted) {
          std::set<std::size_t> copy, source;
          double here = 0;
          for (const auto& g : given) {
            if (!overlapping(w, g)) continue;
            ++here;
            for (auto i = g.in_copy.begin; i < g.in_copy.end; ++i) {
              if (i >= w.in_copy.begin && i < w.in_copy.end) copy.insert(i);
            }
            for (auto i = g.in_source.begin; i < g.in_source.end; ++i) {
              if (i >= w.in_source.begin && i < w.in_source.end) source.insert(i);
            }
          }
          hits += here;
          touched += here > 0;
          sum += static_cast<double>(copy.size() + source.size()) /
                 static_cast<double>(w.in_copy.size() + w.in_source.size());
        }
        granularity = touched > 0 ? hits / touched : 1;
        return sum / static_cast<double>(wanted.size());
      };
      double granularity = 0, other = 0;
      const double expected_recall = recall(sides[0], sides[1], granularity);
      const double expected_precision = recall(sides[1], sides[0], other);
      const PassageScore score = score_passages(sides[0], sides[1]);
      BOOST_CHECK_SMALL(score.recall - expected_recall, 1e-12);
      BOOST_CHECK_SMALL(score.precision - expected_precision, 1e-12);
      BOOST_CHECK_SMALL(score.granularity - granularity, 1e-12);
      std::shuffle(sides[0].begin(), sides[0].end(), random);
      std::shuffle(sides[1].begin(), sides[1].end(), random);
      BOOST_CHECK_SMALL(score_passages(sides[0], sides[1]).plagdet - score.plagdet, 1e-12);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
