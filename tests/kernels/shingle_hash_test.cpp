// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/shingle_hash.h"

#include <boost/test/unit_test.hpp>
#include <random>

#include "only_target.h"
#include "reference/window_hash.h"

namespace copydesk {
namespace {

BOOST_AUTO_TEST_SUITE(shingle_hash)

BOOST_AUTO_TEST_CASE(every_target_agrees_with_the_reference) {
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> tokens(1200);
  for (std::uint64_t& token : tokens) token = random();
  for (const std::int64_t target : supported_targets()) {
    const OnlyTarget only(target);
    BOOST_REQUIRE_EQUAL(hwy::SupportedTargets(), target);
    for (std::size_t size : {1, 2, 3, 5, 8, 9, 13, 64}) {
      for (std::size_t count : {0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 36, 63, 64, 65, 80, 199, 511, 512, 513, 1100}) {
        for (std::size_t shift : {0, 1}) {
          BOOST_TEST_CONTEXT("target " << hwy::TargetName(target) << " size " << size << " count "
                                       << count) {
            const std::vector<std::uint64_t> input(tokens.begin() + shift,
                                                   tokens.begin() + shift + count);
            const std::vector<std::uint64_t> expected = reference::window_hashes(input, size);
            std::vector<std::uint64_t> result(expected.size() + 1, 42);
            hash_shingles(tokens.data() + shift, count, size, result.data());
            BOOST_TEST(result.back() == 42u);
            result.pop_back();
            BOOST_TEST(result == expected, boost::test_tools::per_element());
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(windows_differ_by_order_and_repetition) {
  const std::vector<std::uint64_t> tokens = {1, 2, 1, 1, 2, 2};
  std::vector<std::uint64_t> result(5);
  hash_shingles(tokens.data(), tokens.size(), 2, result.data());
  BOOST_TEST(result[0] != result[1]);  // 1 2 and 2 1
  BOOST_TEST(result[0] == result[3]);
  BOOST_TEST(result[2] != result[4]);  // 1 1 and 2 2
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
