// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/similarity_estimate.h"

#include <cmath>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/sketch/sketcher.h"
#include "random_sets.h"

namespace copydesk {
namespace {

// Probability of fewer than m successes in n trials, term by term from logarithms.
double probability_below(std::size_t m, std::size_t n, double p) {
  double sum = 0.0;
  for (std::size_t i = 0; i < m; ++i) {
    const auto x = static_cast<double>(i), total = static_cast<double>(n);
    sum += std::exp(std::lgamma(total + 1) - std::lgamma(x + 1) - std::lgamma(total - x + 1) +
                    x * std::log(p) + (total - x) * std::log1p(-p));
  }
  return sum;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(similarity_estimate)

BOOST_AUTO_TEST_CASE(estimates_from_counts) {
  BOOST_TEST(estimate_jaccard(0, 128) == 0.0);
  BOOST_TEST(estimate_jaccard(96, 128) == 0.75);
  BOOST_TEST(estimate_jaccard(128, 128) == 1.0);
  BOOST_TEST(estimate_jaccard_packed(128, 128) == 1.0);
  BOOST_TEST(estimate_jaccard_packed(0, 128) == 0.0);
  BOOST_TEST(estimate_jaccard_packed(1, 256) == 0.0);
  BOOST_TEST(std::abs(estimate_jaccard_packed(64, 128) - (0.5 - 1 / 256.) / (255 / 256.)) < 1e-15);
}

BOOST_AUTO_TEST_CASE(minimum_agreement_is_the_greatest_with_that_tail) {
  for (const std::size_t slots : {1, 2, 16, 128, 256, 1024}) {
    for (const double jaccard : {0.01, 0.2, 0.5, 0.7, 0.8, 0.95, 0.999}) {
      for (const double tail : {1e-9, 1e-4, 0.01, 0.05, 0.3, 0.9}) {
        const std::size_t m = minimum_agreement(slots, jaccard, tail);
        BOOST_TEST_CONTEXT(slots << " slots, jaccard " << jaccard << ", tail " << tail) {
          BOOST_TEST(m <= slots);
          BOOST_TEST(probability_below(m, slots, jaccard) <= tail * (1 + 1e-9));
          if (m < slots) {
            BOOST_TEST(probability_below(m + 1, slots, jaccard) >= tail * (1 - 1e-9));
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(minimum_agreement_at_the_ends) {
  BOOST_TEST(minimum_agreement(128, 0.0, 0.01) == 0U);
  BOOST_TEST(minimum_agreement(128, 1.0, 0.01) == 128U);
  BOOST_TEST(minimum_agreement(128, 0.8, 0.0) == 0U);
  BOOST_TEST(minimum_agreement(128, 0.8, 0.01) == 91U);
}

// Pairs at the similarity asked for fall below the minimum no more often than said; with the fast
// similarity sketch of small sets, less often.
BOOST_AUTO_TEST_CASE(sketches_keep_the_promised_tail) {
  constexpr std::size_t kPairs = 2000;
  constexpr double kTail = 0.05;
  const std::size_t minimum = minimum_agreement(128, 0.8, kTail);
  for (const SketchKind kind : {SketchKind::kFastSimilarity, SketchKind::kMinHash}) {
    for (const std::size_t shared : {16, 160}) {
      Sketcher sketcher({.kind = kind});
      RandomValues random(shared);
      std::vector<std::uint32_t> a(128), b(128);
      std::size_t below = 0;
      for (std::size_t i = 0; i < kPairs; ++i) {
        const auto both = random.take(shared * 5 / 4);
        sketcher.sketch(std::span(both).first(shared + shared / 8), a);
        sketcher.sketch(std::span(both).last(shared + shared / 8), b);
        std::size_t equal = 0;
        for (std::size_t s = 0; s < 128; ++s) equal += a[s] == b[s] ? 1 : 0;
        below += equal < minimum ? 1 : 0;
      }
      const double share = static_cast<double>(below) / kPairs;
      BOOST_TEST(share <= kTail + 4.0 * std::sqrt(kTail * (1.0 - kTail) / kPairs));
      if (kind == SketchKind::kFastSimilarity && shared == 16) BOOST_TEST(share <= kTail / 2);
    }
  }
}

// Packed slots that differ as 32 bits agree once in 256, also when sets have a single element and
// so all slots depend on one value. Pairs of sketches are independent but the slots of a pair might
// not be: the tolerance of 5 standard errors is of the pairs' counts as measured.
BOOST_AUTO_TEST_CASE(packed_slots_are_uniform_and_agree_by_chance_only) {
  for (const SketchKind kind : {SketchKind::kFastSimilarity, SketchKind::kMinHash}) {
    for (const std::size_t size : {1, 2, 3, 4, 5, 20, 200}) {
      constexpr std::size_t kPairs = 1500;
      Sketcher sketcher({.kind = kind});
      RandomValues random(size);
      std::vector<std::uint32_t> slots(128);
      std::vector<std::uint8_t> a(128), b(128);
      std::vector<double> histogram(256, 0.0);
      double sum = 0.0, sum_of_squares = 0.0;
      for (std::size_t i = 0; i < kPairs; ++i) {
        sketcher.sketch(random.take(size), slots);
        pack_slots(slots, a);
        sketcher.sketch(random.take(size), slots);
        pack_slots(slots, b);
        int equal = 0;
        for (std::size_t s = 0; s < 128; ++s) equal += a[s] == b[s] ? 1 : 0;
        for (const std::uint8_t value : a) histogram[value] += 1.0;
        sum += equal;
        sum_of_squares += equal * equal;
      }
      const auto n = static_cast<double>(kPairs);
      const double deviation = std::sqrt(sum_of_squares / n - sum / n * sum / n);
      BOOST_TEST_CONTEXT("kind " << static_cast<int>(kind) << " size " << size) {
        BOOST_TEST(std::abs(sum / n - 0.5) <= 5.0 * deviation / std::sqrt(n));
        // Independent slots would have a deviation of .706; 5 standard errors of the variance above.
        BOOST_TEST(deviation <= 0.8);
        const double expected = n * 128.0 / 256.0;
        double chi_square = 0.0;
        for (const double count : histogram) {
          chi_square += (count - expected) * (count - expected) / expected;
        }
        // 255 degrees of freedom: mean 255, standard deviation 22.6. Slots of a small set that hold
        // the same value would widen it.
        BOOST_TEST(chi_square <= 255.0 + 5.0 * 22.6);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(equal_slots_pack_to_equal_bytes_in_any_place) {
  const std::vector<std::uint32_t> slots = {0, 1, 0xFFFFFFFF, 0x80000000, 1, 0, 0x12345678};
  std::vector<std::uint8_t> packed(slots.size());
  pack_slots(slots, packed);
  BOOST_TEST(packed[0] == packed[5]);
  BOOST_TEST(packed[1] == packed[4]);
  BOOST_TEST(packed[0] != packed[1]);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
