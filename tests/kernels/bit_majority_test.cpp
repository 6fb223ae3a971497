// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/bit_majority.h"

#include <boost/test/unit_test.hpp>

#include "only_target.h"
#include "random_sets.h"
#include "reference/bit_majority.h"

namespace copydesk {
namespace {

constexpr std::size_t kSizes[] = {0,  1,  2,  3,  4,   5,   7,   8,   9,   15,  16,   17,   31,  32,
                                  33, 63, 64, 65, 127, 128, 129, 130, 191, 200, 1000, 1024, 5001};

}  // namespace

BOOST_AUTO_TEST_SUITE(bit_majority_kernel)

BOOST_AUTO_TEST_CASE(equals_the_reference_on_every_target) {
  RandomValues random(1);
  for (const std::size_t size : kSizes) {
    auto store = random.take(size + 1);
    // Words that lean to one side, so that not all counts are near one half.
    for (std::size_t i = 0; i < store.size(); i += 3) store[i] |= 0xFFFF00000000FFFF;
    const std::span<const std::uint64_t> words = std::span(store).subspan(1);
    std::vector<std::uint32_t> weights(size);
    for (auto& weight : weights) weight = static_cast<std::uint32_t>(random.next() % 50000);
    const std::uint64_t expected = reference::bit_majority(words, {});
    const std::uint64_t expected_weighted = reference::bit_majority(words, weights);
    for (const std::int64_t target : supported_targets()) {
      BOOST_TEST_CONTEXT(hwy::TargetName(target) << " size " << size) {
        const OnlyTarget only(target);
        BOOST_TEST(bit_majority(words) == expected);
        BOOST_TEST(bit_majority(words, weights) == expected_weighted);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(ties_and_extremes) {
  const std::uint64_t all = ~std::uint64_t{0};
  const std::vector<std::uint64_t> tie = {all, 0}, most = {all, 0, all}, none(300, 0),
                                   every(300, all);
  for (const std::int64_t target : supported_targets()) {
    const OnlyTarget only(target);
    BOOST_TEST(bit_majority(tie) == 0U);
    BOOST_TEST(bit_majority(most) == all);
    BOOST_TEST(bit_majority(none) == 0U);
    BOOST_TEST(bit_majority(every) == all);
    BOOST_TEST(bit_majority(most, std::vector<std::uint32_t>{1, 2, 1}) == 0U);
    BOOST_TEST(bit_majority(most, std::vector<std::uint32_t>{1U << 31, (1U << 31) - 1, 0}) == all);
    BOOST_TEST(bit_majority(most, std::vector<std::uint32_t>{0, 0, 0}) == 0U);
  }
}

BOOST_AUTO_TEST_CASE(random_sizes_up_to_600) {
  RandomValues random(2);
  for (std::size_t size = 0; size < 600; ++size) {
    const auto words = random.take(size);
    BOOST_REQUIRE_EQUAL(bit_majority(words), reference::bit_majority(words, {}));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
