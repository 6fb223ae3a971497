// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/minhash_update.h"

#include <boost/test/unit_test.hpp>

#include "only_target.h"
#include "random_sets.h"
#include "reference/minhash.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(minhash_update_kernel)

BOOST_AUTO_TEST_CASE(equals_the_reference_on_every_target) {
  for (const std::size_t k : {16, 24, 72, 120, 128, 136, 264}) {
    std::vector<std::uint32_t> masks, multipliers;
    RandomValues random(k);
    for (std::size_t i = 0; i < k; ++i) {
      masks.push_back(static_cast<std::uint32_t>(random.next()));
      multipliers.push_back(static_cast<std::uint32_t>(random.next()) | 1);
    }
    for (const std::size_t size : {0, 1, 2, 3, 17, 1023, 1024, 1025}) {
      const auto values = random.take(size + 1);
      const std::span elements = std::span(values).subspan(1);
      std::vector<std::uint32_t> expected(k, 0xFFFFFFFF);
      reference::minhash_update(elements, masks, multipliers, expected);
      for (const std::int64_t target : supported_targets()) {
        BOOST_TEST_CONTEXT(hwy::TargetName(target) << " k " << k << " size " << size) {
          const OnlyTarget only(target);
          std::vector<std::uint32_t> slots(k, 0xFFFFFFFF);
          minhash_update(elements, {masks, multipliers}, slots);
          BOOST_TEST(slots == expected);
          // In two calls, the second repeating a part of the first.
          std::fill(slots.begin(), slots.end(), 0xFFFFFFFF);
          minhash_update(elements.first(size / 2), {masks, multipliers}, slots);
          minhash_update(elements.last(size - size / 3), {masks, multipliers}, slots);
          BOOST_TEST(slots == expected);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
