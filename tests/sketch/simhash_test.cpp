// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/simhash.h"

#include <bit>
#include <cmath>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"
#include "reference/bit_majority.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(simhash)

BOOST_AUTO_TEST_CASE(is_the_majority_of_each_bit) {
  for (const std::size_t size : {0, 1, 2, 3, 20, 100, 529}) {
    const auto features = RandomValues(size).take(size);
    BOOST_TEST(simhash_64(features) == reference::bit_majority(features, {}));
    BOOST_TEST(simhash_128(features).low == simhash_64(features));
  }
  BOOST_TEST((simhash_128({}) == Fingerprint128{0, 0}));
}

BOOST_AUTO_TEST_CASE(a_weight_is_a_number_of_repeats) {
  RandomValues random(7);
  const auto features = random.take(50);
  std::vector<std::uint32_t> weights;
  std::vector<std::uint64_t> repeated;
  for (const std::uint64_t feature : features) {
    weights.push_back(static_cast<std::uint32_t>(random.next() % 6));
    repeated.insert(repeated.end(), weights.back(), feature);
  }
  BOOST_TEST(simhash_64(features, weights) == simhash_64(repeated));
  BOOST_TEST((simhash_128(features, weights) == simhash_128(repeated)));
}

// Charikar: a bit differs with probability angle / pi. Bags of 500 features of which `shared` are
// common have the cosine shared / 500; 400 pairs, 4 standard errors.
BOOST_AUTO_TEST_CASE(distance_follows_the_angle_in_both_halves) {
  constexpr std::size_t kSize = 500;
  constexpr std::size_t kPairs = 400;
  RandomValues random(11);
  for (const std::size_t shared : {0, 250, 400, 475}) {
    double low = 0.0, high = 0.0, both = 0.0;
    for (std::size_t i = 0; i < kPairs; ++i) {
      const auto all = random.take(2 * kSize - shared);
      const Fingerprint128 a = simhash_128(std::span(all).first(kSize));
      const Fingerprint128 b = simhash_128(std::span(all).last(kSize));
      const int low_distance = std::popcount(a.low ^ b.low);
      const int high_distance = std::popcount(a.high ^ b.high);
      low += low_distance;
      high += high_distance;
      both += (low_distance - 32.0) * (high_distance - 32.0);
    }
    const double share = std::acos(static_cast<double>(shared) / kSize) / std::acos(-1.0);
    const double tolerance = 4.0 * std::sqrt(share * (1.0 - share) / (64.0 * kPairs));
    BOOST_TEST_CONTEXT("shared " << shared) {
      BOOST_TEST(std::abs(low / (64.0 * kPairs) - share) <= tolerance + 0.01);
      BOOST_TEST(std::abs(high / (64.0 * kPairs) - share) <= tolerance + 0.01);
      // Unrelated bags: the two halves do not move together (variance of a distance is 16).
      if (shared == 0) BOOST_TEST(std::abs(both / kPairs) <= 4.0 * 16.0 / std::sqrt(kPairs));
    }
  }
}

BOOST_AUTO_TEST_CASE(golden_fingerprints) {
  const auto features = RandomValues(2024).take(333);
  std::vector<std::uint32_t> weights;
  for (std::uint32_t i = 0; i < 333; ++i) weights.push_back(i % 17 + 1);
  const Fingerprint128 plain = simhash_128(features);
  const Fingerprint128 weighted = simhash_128(features, weights);
  BOOST_TEST(plain.low == 7723676321712552913U);
  BOOST_TEST(plain.high == 8553590716099115078U);
  BOOST_TEST(weighted.low == 17262300918477796321U);
  BOOST_TEST(weighted.high == 8225250207308888662U);
}

BOOST_AUTO_TEST_CASE(weights_follow_the_logarithm) {
  for (const std::uint64_t documents : {0, 1, 2, 10, 1000, 123456}) {
    for (std::uint64_t frequency = 0; frequency <= documents; frequency += frequency / 7 + 1) {
      const double exact = 16.0 * std::log2((static_cast<double>(documents) + 1.0) /
                                            (static_cast<double>(frequency) + 0.5));
      const double weight = idf_weight(documents, frequency);
      BOOST_TEST_CONTEXT(frequency << " of " << documents) {
        BOOST_TEST(std::abs(weight - exact) <= 1.0);
      }
    }
  }
  BOOST_TEST(idf_weight(1023, 0) == 176U);  // 2048 / 1
  BOOST_TEST(idf_weight(10, 1'000'000) == 0U);
  BOOST_TEST(idf_weight(std::uint64_t{1} << 62, 0) == 63U * 16);
}

BOOST_AUTO_TEST_CASE(probability_of_a_distance) {
  BOOST_TEST(simhash_probability(64, 3, 1.0) == 1.0);
  BOOST_TEST(simhash_probability(64, 64, 0.5) > 0.999999);
  // cos 60 degrees: each bit differs with probability 1/3.
  BOOST_TEST(std::abs(simhash_probability(2, 0, 0.5) - 4.0 / 9.0) < 1e-12);
  BOOST_TEST(std::abs(simhash_probability(2, 1, 0.5) - 8.0 / 9.0) < 1e-12);
  BOOST_TEST(simhash_probability(128, 3, 0.0) < 1e-20);

  // Held against bags of features: 1,000 pairs that share 950 of 1,000 each.
  constexpr std::size_t kSize = 1000, kShared = 950, kPairs = 1000;
  RandomValues random(12);
  for (const std::size_t distance : {3, 6, 10}) {
    double near = 0.0;
    for (std::size_t i = 0; i < kPairs; ++i) {
      const auto all = random.take(2 * kSize - kShared);
      const std::uint64_t differing = simhash_64(std::span(all).first(kSize)) ^
                                      simhash_64(std::span(all).last(kSize));
      near += std::popcount(differing) <= static_cast<int>(distance) ? 1.0 : 0.0;
    }
    const double expected = simhash_probability(64, distance, 0.95);
    BOOST_TEST(std::abs(near / kPairs - expected) <= 0.07);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
