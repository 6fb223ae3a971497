// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/bootstrap.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "copydesk/error.h"

namespace copydesk {
namespace {

BOOST_AUTO_TEST_SUITE(bootstrap)

BOOST_AUTO_TEST_CASE(constant_values_have_no_spread) {
  const std::vector<double> values(50, 0.25);
  const auto interval = bootstrap_means(values, 1).at(0);
  BOOST_TEST(interval.mean == 0.25);
  BOOST_TEST(interval.low == 0.25);
  BOOST_TEST(interval.middle == 0.25);
  BOOST_TEST(interval.high == 0.25);
}

// Two documents, 0 and 1: a resample's mean is 0, 1/2 or 1 with chances 1/4, 1/2, 1/4.
BOOST_AUTO_TEST_CASE(two_values_by_hand) {
  const std::vector<double> values = {0, 1};
  BootstrapOptions options;
  options.resamples = 20000;
  const auto wide = bootstrap_means(values, 1, options).at(0);
  BOOST_TEST(wide.low == 0.0);
  BOOST_TEST(wide.middle == 0.5);
  BOOST_TEST(wide.high == 1.0);
  options.confidence = 0.4;  // tails of 0.3 lie inside the middle half
  const auto narrow = bootstrap_means(values, 1, options).at(0);
  BOOST_TEST(narrow.low == 0.5);
  BOOST_TEST(narrow.high == 0.5);
  // First minus second is -1 or 1 with equal chance: 1/4 below, 1/4 above, the rest ties.
  const std::vector<double> first = {0, 1}, second = {1, 0};
  const auto comparison = bootstrap_compare(first, second, 1, options).at(0);
  BOOST_TEST(comparison.difference.mean == 0.0);
  BOOST_CHECK_SMALL(comparison.share_below_zero - 0.25, 0.02);
  BOOST_CHECK_SMALL(comparison.share_above_zero - 0.25, 0.02);
}

// For a large sample the interval of the mean is mean +- 1.96 standard errors.
BOOST_AUTO_TEST_CASE(matches_the_normal_interval) {
  std::mt19937 random(11);
  std::vector<double> values(4000);
  for (double& value : values) value = static_cast<double>(random() % 1000) / 1000.0;
  double sum = 0, squares = 0;
  for (const double value : values) sum += value, squares += value * value;
  const double mean = sum / 4000, error = std::sqrt((squares / 4000 - mean * mean) / 4000);
  BootstrapOptions options;
  options.resamples = 4000;
  const auto interval = bootstrap_means(values, 1, options).at(0);
  BOOST_CHECK_SMALL(interval.mean - mean, 1e-12);
  BOOST_CHECK_SMALL(interval.middle - mean, error * 0.15);
  BOOST_CHECK_SMALL(interval.low - (mean - 1.96 * error), error * 0.2);
  BOOST_CHECK_SMALL(interval.high - (mean + 1.96 * error), error * 0.2);
}

BOOST_AUTO_TEST_CASE(columns_share_resamples) {
  std::vector<double> table;
  for (int i = 0; i < 30; ++i) {
    table.push_back(i * i % 17);
    table.push_back(2 * (i * i % 17));
  }
  const auto intervals = bootstrap_means(table, 2);
  BOOST_TEST(intervals.at(1).low == 2 * intervals.at(0).low);
  BOOST_TEST(intervals.at(1).high == 2 * intervals.at(0).high);
}

// The first words of the generator, and so every figure, are fixed.
BOOST_AUTO_TEST_CASE(is_the_same_on_every_machine) {
  std::vector<double> values;
  for (int i = 0; i < 10; ++i) values.push_back(i);
  BootstrapOptions options;
  options.resamples = 3;
  options.seed = 42;
  const auto first = bootstrap_means(values, 1, options).at(0);
  BOOST_CHECK_CLOSE(first.middle, 4.0, 1e-9);
  options.seed = 43;
  BOOST_TEST(bootstrap_means(values, 1, options).at(0).middle != first.middle);
}

BOOST_AUTO_TEST_CASE(a_better_system_is_seen) {
  std::vector<double> first, second;
  for (int i = 0; i < 200; ++i) {
    second.push_back(0.3 + 0.001 * (i % 100));
    first.push_back(second.back() + (i % 4 == 0 ? -0.01 : 0.02));
  }
  const auto forth = bootstrap_compare(first, second, 1).at(0);
  BOOST_TEST(forth.difference.low > 0);
  BOOST_TEST(forth.share_below_zero == 0.0);
  const auto back = bootstrap_compare(second, first, 1).at(0);
  BOOST_CHECK_CLOSE(back.difference.high, -forth.difference.low, 1e-6);
  BOOST_TEST(back.share_below_zero == forth.share_above_zero);
}

BOOST_AUTO_TEST_CASE(refuses_senseless_options) {
  const std::vector<double> values = {1, 2};
  BootstrapOptions none;
  none.resamples = 0;
  BOOST_CHECK_THROW((void)bootstrap_means(values, 1, none), Error);
  for (const double confidence : {0.0, 1.0, -1.0, std::nan("")}) {
    BootstrapOptions wrong;
    wrong.confidence = confidence;
    BOOST_CHECK_THROW((void)bootstrap_means(values, 1, wrong), Error);
  }
  BOOST_TEST(bootstrap_means({}, 3).size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
