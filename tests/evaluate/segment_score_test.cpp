// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/segment_score.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string_view>
#include <vector>

namespace copydesk {
namespace {

// "0100": four gaps between five units, a boundary in the second gap, before unit 2.
std::vector<std::size_t> boundaries(std::string_view gaps) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    if (gaps[i] == '1') result.push_back(i + 1);
  }
  return result;
}

SegmentedText text_of(std::string_view truth, std::string_view result) {
  return {truth.size() + 1, boundaries(truth), boundaries(result)};
}

struct Expected {
  const char* truth;
  const char* result;
  std::size_t window;
  double pk, window_diff;
};
// Computed with nltk 3.10.4 (metrics.segmentation.pk, windowdiff).
// clang-format off
constexpr Expected kExpected[] = {
    {"00000000", "00000010", 2, 0.2857142857, 0.2857142857},
    {"10000101", "10000101", 5, 0.0000000000, 0.0000000000},
    {"0110001011010101101", "0110011011110101100", 2, 0.1111111111, 0.2777777778},
    {"0000000000100000000", "0001000000100000000", 5, 0.2666666667, 0.2666666667},
    {"100101000001011000001000000000100001000", "101101000001011000001000000000110001101", 2, 0.1052631579, 0.1842105263},
    {"000001011100000000010001100100000010001", "000001011110000000010000100100000011001", 5, 0.0285714286, 0.4000000000},
    {"000101001101010101011000001100110001010010001001100100001010", "010101001100011101011000001100110001010010001001100100001010", 2, 0.0677966102, 0.1016949153},
    {"010000000011000100001100011000100000001000101000010000001000", "010000000111000100101000111001000000001000111000010000100000", 5, 0.0892857143, 0.3928571429},
};
// clang-format on

BOOST_AUTO_TEST_SUITE(segment_score)

BOOST_AUTO_TEST_CASE(agrees_with_nltk) {
  for (const Expected& expected : kExpected) {
    const auto errors = window_errors(text_of(expected.truth, expected.result), expected.window);
    BOOST_CHECK_SMALL(errors.pk - expected.pk, 1e-9);
    BOOST_CHECK_SMALL(errors.window_diff - expected.window_diff, 1e-9);
  }
}

// 6 units, truth split in the middle, found one later; window 6 / (2 * 2) rounded up to 2: windows
// 0-2 1-3 2-4 3-5. Truth separates 1-3 and 2-4, the result 2-4 and 3-5: two of four disagree.
BOOST_AUTO_TEST_CASE(by_hand) {
  const auto errors = window_errors({6, {3}, {4}});
  BOOST_TEST(errors.window == 2u);
  BOOST_TEST(errors.pk == 0.5);
  BOOST_TEST(errors.window_diff == 0.5);
}

BOOST_AUTO_TEST_CASE(the_window_is_half_the_mean_true_segment) {
  BOOST_TEST(window_errors({20, {}, {}}).window == 10u);
  BOOST_TEST(window_errors({20, {10}, {}}).window == 5u);
  BOOST_TEST(window_errors({21, {7, 14}, {}}).window == 4u);  // 3.5
  BOOST_TEST(window_errors({3, {1, 2}, {}}).window == 1u);
}

BOOST_AUTO_TEST_CASE(texts_too_short_for_a_window) {
  for (const std::size_t length : {0, 1}) BOOST_TEST(window_errors({length, {}, {}}).pk == 0.0);
  BOOST_TEST(window_errors({4, {2}, {}}, 4).window_diff == 0.0);
}

BOOST_AUTO_TEST_CASE(boundaries_with_tolerance_by_hand) {
  const SegmentedText text{100, {10, 20, 50}, {11, 12, 49, 80}};
  BOOST_TEST((boundary_overlap(text, 0) == OverlapCounts{0, 3, 4}));
  BOOST_TEST((boundary_overlap(text, 1) == OverlapCounts{2, 3, 4}));
  // 11 serves 10 and 12 serves 20 only from a tolerance of 8 on; none serves two.
  BOOST_TEST((boundary_overlap(text, 7) == OverlapCounts{2, 3, 4}));
  BOOST_TEST((boundary_overlap(text, 8) == OverlapCounts{3, 3, 4}));
}

// The greedy matching against all matchings.
std::size_t best_matching(const SegmentedText& text, std::size_t tolerance, std::size_t i,
                          unsigned used) {
  if (i == text.truth.size()) return 0;
  std::size_t best = best_matching(text, tolerance, i + 1, used);
  for (std::size_t j = 0; j < text.result.size(); ++j) {
    const std::size_t a = text.truth[i], b = text.result[j];
    if ((used >> j & 1) != 0 || (a > b ? a - b : b - a) > tolerance) continue;
    best = std::max(best, 1 + best_matching(text, tolerance, i + 1, used | 1U << j));
  }
  return best;
}

BOOST_AUTO_TEST_CASE(matches_as_many_boundaries_as_possible) {
  std::mt19937 random(4);
  for (int trial = 0; trial < 300; ++trial) {
    SegmentedText text{15, {}, {}};
    for (std::size_t b = 1; b < 15; ++b) {
      if (random() % 3 == 0) text.truth.push_back(b);
      if (random() % 3 == 0) text.result.push_back(b);
    }
    const std::size_t tolerance = random() % 4;
    BOOST_TEST_CONTEXT("seed 4, trial " << trial) {
      BOOST_TEST(boundary_overlap(text, tolerance).shared == best_matching(text, tolerance, 0, 0));
    }
  }
}

BOOST_AUTO_TEST_CASE(means_over_texts) {
  const std::vector<SegmentedText> texts = {
      {6, {3}, {3}},  // right
      {6, {3}, {4}},  // 0.5 wrong, found with tolerance 1
      {8, {}, {}},    // right: nothing to find
      {8, {}, {4}},   // window 4: all four windows hold the boundary
  };
  const SegmentScore score = score_segments(texts, {0, 1});
  BOOST_TEST(score.texts == 4u);
  BOOST_TEST(score.pk == (0 + 0.5 + 0 + 1) / 4);
  BOOST_TEST(score.exact_texts == 0.5);
  BOOST_TEST((score.exact.total == OverlapCounts{1, 2, 3}));
  BOOST_TEST((score.tolerant.total == OverlapCounts{2, 2, 3}));
  BOOST_TEST(score.exact.macro.f1 == 0.5);
  BOOST_TEST(score.tolerant.macro.f1 == 0.75);
  BOOST_TEST(score_segments({}).exact_texts == 1.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
