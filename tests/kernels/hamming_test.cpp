// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/hamming.h"

#include <boost/test/unit_test.hpp>

#include "only_target.h"
#include "random_sets.h"
#include "reference/hamming.h"

namespace copydesk {
namespace {

constexpr std::size_t kSizes[] = {0,  1,  2,  3,  4,  5,  7,  8,  9,   15,  16,  17,   23,
                                  31, 32, 33, 47, 63, 64, 65, 66, 127, 128, 129, 1000, 1003};

// Fingerprints at all distances from `query`, near and far ones mixed.
std::uint64_t near(std::uint64_t query, RandomValues& random) {
  std::uint64_t fingerprint = query;
  for (std::uint64_t flips = random.next() % 12; flips > 0; --flips) {
    fingerprint ^= std::uint64_t{1} << random.next() % 64;
  }
  return random.next() % 3 == 0 ? random.next() : fingerprint;
}

template <typename Fingerprint>
void check(const Fingerprint& query, std::span<const Fingerprint> fingerprints,
           const std::vector<std::uint8_t>& expected) {
  std::vector<std::uint8_t> distances(fingerprints.size());
  hamming_distances(query, fingerprints, distances);
  BOOST_TEST(distances == expected);
  for (const std::size_t limit : {0, 1, 3, 6, 40, 128}) {
    std::vector<std::uint32_t> expected_indices;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (expected[i] <= limit) expected_indices.push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<std::uint32_t> indices(fingerprints.size());
    indices.resize(find_within_distance(query, fingerprints, limit, indices));
    BOOST_TEST(indices == expected_indices);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hamming_kernel)

BOOST_AUTO_TEST_CASE(fingerprints_of_64_bits) {
  RandomValues random(64);
  for (const std::size_t size : kSizes) {
    const std::uint64_t query = random.next();
    std::vector<std::uint64_t> fingerprints;
    std::vector<std::uint8_t> expected;
    for (std::size_t i = 0; i < size; ++i) {
      fingerprints.push_back(i == 2 ? ~query : near(query, random));
      expected.push_back(
          static_cast<std::uint8_t>(reference::hamming_distance(query, fingerprints[i])));
    }
    for (const std::int64_t target : supported_targets_of_wider_kernels()) {
      BOOST_TEST_CONTEXT(hwy::TargetName(target) << " size " << size) {
        const OnlyTarget only(target);
        check<std::uint64_t>(query, fingerprints, expected);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(fingerprints_of_128_bits) {
  RandomValues random(128);
  for (const std::size_t size : kSizes) {
    const Fingerprint128 query{random.next(), random.next()};
    std::vector<Fingerprint128> fingerprints;
    std::vector<std::uint8_t> expected;
    for (std::size_t i = 0; i < size; ++i) {
      fingerprints.push_back({near(query.low, random), near(query.high, random)});
      if (i == 2) fingerprints.back() = {~query.low, ~query.high};
      expected.push_back(
          static_cast<std::uint8_t>(reference::hamming_distance(query.low, fingerprints[i].low) +
                                    reference::hamming_distance(query.high, fingerprints[i].high)));
    }
    for (const std::int64_t target : supported_targets_of_wider_kernels()) {
      BOOST_TEST_CONTEXT(hwy::TargetName(target) << " size " << size) {
        const OnlyTarget only(target);
        check<Fingerprint128>(query, fingerprints, expected);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(bits_of_whole_bitmaps) {
  RandomValues random(3);
  for (const std::size_t size : kSizes) {
    std::vector<std::uint64_t> a, b;
    std::size_t expected = 0;
    for (std::size_t i = 0; i < size; ++i) {
      a.push_back(random.next());
      b.push_back(i % 5 == 0 ? ~a[i] : near(a[i], random));
      expected += reference::hamming_distance(a[i], b[i]);
    }
    for (const std::int64_t target : supported_targets_of_wider_kernels()) {
      BOOST_TEST_CONTEXT(hwy::TargetName(target) << " size " << size) {
        const OnlyTarget only(target);
        BOOST_TEST(count_differing_bits(a, b) == expected);
        BOOST_TEST(count_differing_bits(a, a) == 0u);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
