// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/hamming_pairs.h"

#include <algorithm>
#include <tuple>

#include <boost/test/unit_test.hpp>

#include "only_target.h"
#include "random_sets.h"
#include "reference/hamming.h"

namespace copydesk {
namespace {

constexpr std::size_t kSizes[] = {0,  1,  2,  3,  4,  5,  6,  8,  9,   31,  32,  33, 36,
                                  37, 63, 64, 65, 67, 68, 69, 99, 100, 101, 131, 200};

std::size_t distance_of(std::uint64_t x, std::uint64_t y) {
  return static_cast<std::size_t>(reference::hamming_distance(x, y));
}
std::size_t distance_of(const Fingerprint128& x, const Fingerprint128& y) {
  return distance_of(x.low, y.low) + distance_of(x.high, y.high);
}

// Mostly unlike, with near copies of earlier ones among them.
template <typename Fingerprint>
std::vector<Fingerprint> fingerprints_of(std::size_t count, RandomValues& random) {
  std::vector<Fingerprint> fingerprints(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t low = random.next();
    std::uint64_t high = random.next();
    if (i > 0 && random.next() % 8 == 0) {
      const Fingerprint& earlier = fingerprints[random.next() % i];
      if constexpr (sizeof(Fingerprint) == 8) {
        low = earlier;
      } else {
        low = earlier.low;
        high = earlier.high;
      }
      for (std::uint64_t flips = random.next() % 8; flips > 0; --flips) {
        (flips % 2 == 0 ? low : high) ^= std::uint64_t{1} << random.next() % 64;
      }
    }
    if constexpr (sizeof(Fingerprint) == 8) {
      fingerprints[i] = low;
    } else {
      fingerprints[i] = {low, high};
    }
  }
  return fingerprints;
}

template <typename Fingerprint>
void check(std::span<const Fingerprint> fingerprints, const PairRange& range,
           std::size_t distance) {
  std::vector<IndexPair> expected;
  for (std::size_t i = range.first; i < range.last; ++i) {
    for (std::size_t j = i + 1; j < range.end; ++j) {
      if (distance_of(fingerprints[i], fingerprints[j]) > distance) continue;
      expected.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
    }
  }
  std::vector<IndexPair> first_order;
  for (const std::int64_t target : supported_targets_of_wider_kernels()) {
    BOOST_TEST_CONTEXT(hwy::TargetName(target) << " range " << range.first << ", " << range.last
                                               << ", " << range.end << " within " << distance) {
      const OnlyTarget only(target);
      std::vector<IndexPair> pairs{{7, 8}};  // stays
      append_pairs_within_distance(fingerprints, range, distance, pairs);
      BOOST_TEST_REQUIRE((!pairs.empty() && pairs.front() == IndexPair{7, 8}));
      if (first_order.empty()) first_order = pairs;
      BOOST_TEST((pairs == first_order));
      pairs.erase(pairs.begin());
      std::sort(pairs.begin(), pairs.end(), [](const IndexPair& x, const IndexPair& y) {
        return std::tie(x.first, x.second) < std::tie(y.first, y.second);
      });
      BOOST_TEST((pairs == expected));
    }
  }
}

template <typename Fingerprint>
void check_all_ranges() {
  RandomValues random(sizeof(Fingerprint));
  for (const std::size_t size : kSizes) {
    // Beyond `end` stand none, some, and as many as a kernel may read.
    for (const std::size_t beyond : {0, 5, 32}) {
      auto fingerprints = fingerprints_of<Fingerprint>(size + beyond + 1, random);
      // What stands there is near to everything before it would be: it must not come out.
      for (std::size_t i = size + 1; i < fingerprints.size(); ++i) {
        fingerprints[i] = fingerprints[size > 0 ? i % size + 1 : 0];
      }
      // Not aligned.
      const auto view = std::span<const Fingerprint>(fingerprints).subspan(1);
      for (const std::size_t distance : {0, 3, 8, 40, 128}) {
        check(view, {0, size, size}, distance);
        check(view, {size / 3, size / 2, size}, distance);
        check(view, {size / 4, size / 2, size - size / 8}, distance);
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hamming_pairs_kernel)

BOOST_AUTO_TEST_CASE(fingerprints_of_64_bits) {
  check_all_ranges<std::uint64_t>();
}

BOOST_AUTO_TEST_CASE(fingerprints_of_128_bits) {
  check_all_ranges<Fingerprint128>();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
