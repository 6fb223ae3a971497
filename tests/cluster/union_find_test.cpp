// SPDX-License-Identifier: Apache-2.0
#include "copydesk/cluster/union_find.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(union_find)

BOOST_AUTO_TEST_CASE(agrees_with_a_naive_partition_after_every_union) {
  for (std::uint32_t size = 1; size <= 24; ++size) {
    RandomValues random(size);
    UnionFind sets(size);
    BOOST_TEST(sets.size() == size);
    std::vector<std::uint32_t> smallest(size);  // of each element's set
    for (std::uint32_t i = 0; i < size; ++i) smallest[i] = i;
    for (std::uint32_t step = 0; step < 2 * size; ++step) {
      const auto x = static_cast<std::uint32_t>(random.next() % size);
      const auto y = static_cast<std::uint32_t>(random.next() % size);
      sets.unite(x, y);
      const std::uint32_t low = std::min(smallest[x], smallest[y]);
      const std::uint32_t high = std::max(smallest[x], smallest[y]);
      std::replace(smallest.begin(), smallest.end(), high, low);
      for (std::uint32_t i = 0; i < size; ++i) BOOST_TEST_REQUIRE(sets.find(i) == smallest[i]);
    }
  }
}

BOOST_AUTO_TEST_CASE(long_chains_end_at_the_smallest) {
  constexpr std::uint32_t kSize = 200'000;
  UnionFind sets(kSize);
  for (std::uint32_t i = kSize - 1; i > 0; --i) sets.unite(i, i - 1);
  for (std::uint32_t i = 0; i < kSize; ++i) BOOST_TEST_REQUIRE(sets.find(i) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
