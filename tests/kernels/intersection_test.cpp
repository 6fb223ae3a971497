// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/intersection.h"

#include <algorithm>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"
#include "reference/intersection.h"

namespace copydesk {
namespace {

using Set = std::vector<std::uint64_t>;

// `size` distinct values below `range`, sorted.
Set random_set(std::size_t size, std::uint64_t range, RandomValues& random) {
  Set set;
  while (set.size() < size) {
    while (set.size() < size) set.push_back(random.next() % range);
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  return set;
}

// Exact, and with every kind of bound exact from it on.
void check_sets(const Set& a, const Set& b) {
  const std::size_t expected = reference::intersection_size(a, b);
  BOOST_REQUIRE_EQUAL(intersection_size(a, b), expected);
  for (const std::size_t bound :
       {expected / 2, expected, expected + 1, expected + 20, 2 * expected + 100}) {
    const std::size_t size = intersection_size(a, b, bound);
    if (bound <= expected) {
      BOOST_REQUIRE_EQUAL(size, expected);
    } else {
      BOOST_REQUIRE_LT(size, bound);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(intersection_kernel)

BOOST_AUTO_TEST_CASE(every_pair_of_subsets_of_six_values) {
  for (unsigned left = 0; left < 64; ++left) {
    for (unsigned right = 0; right < 64; ++right) {
      Set a, b;
      for (unsigned bit = 0; bit < 6; ++bit) {
        if ((left >> bit & 1) != 0) a.push_back(bit);
        if ((right >> bit & 1) != 0) b.push_back(bit);
      }
      check_sets(a, b);
    }
  }
}

BOOST_AUTO_TEST_CASE(random_sets_of_all_sizes) {
  RandomValues random(5);
  const std::size_t sizes[] = {0, 1, 2, 4, 15, 16, 63, 64, 65, 100, 127, 500, 1000, 1600};
  for (const std::size_t a_size : sizes) {
    for (const std::size_t b_size : sizes) {
      for (const std::uint64_t spread : {2, 1000}) {
        const std::uint64_t range = (std::max(a_size, b_size) + 1) * spread;
        const Set a = random_set(a_size, range, random);
        const Set b = random_set(b_size, range, random);
        BOOST_TEST_CONTEXT(a_size << " and " << b_size << " below " << range) {
          check_sets(a, b);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(one_range_after_the_other_equal_and_extreme_values) {
  RandomValues random(6);
  for (const std::size_t size : {1, 64, 65, 700}) {
    const Set low = random_set(size, 1U << 20, random);
    Set high = low;
    for (std::uint64_t& value : high) value += 1U << 20;
    BOOST_TEST(intersection_size(low, high) == 0U);
    BOOST_TEST(intersection_size(high, low) == 0U);
    BOOST_TEST(intersection_size(low, low) == size);
    Set both = low;
    both.insert(both.end(), high.begin(), high.end());
    BOOST_TEST(intersection_size(both, high) == size);
    both.back() = ~std::uint64_t{0};
    BOOST_TEST(intersection_size(both, Set{both.back()}) == 1U);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
