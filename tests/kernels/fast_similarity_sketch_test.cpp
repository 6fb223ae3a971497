// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/fast_similarity_sketch.h"

#include <boost/test/unit_test.hpp>

#include "only_target.h"
#include "random_sets.h"
#include "reference/fast_similarity_sketch.h"

namespace copydesk {
namespace {

std::vector<std::uint32_t> sketch_of(std::span<const std::uint64_t> elements, std::uint64_t seed,
                                     std::size_t k) {
  std::vector<std::uint32_t> slots(k);
  fast_similarity_sketch(elements, seed, slots);
  return slots;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fast_similarity_sketch_kernel)

BOOST_AUTO_TEST_CASE(equals_the_reference_on_every_target) {
  const std::size_t slot_counts[] = {16, 24, 40, 64, 120, 128, 136, 256, 1000, 1024};
  const std::size_t sizes[] = {0,  1,  2,  3,  4,  5,   7,   8,   9,   15,  16,   17,   31,   32,
                               33, 50, 63, 64, 65, 127, 128, 129, 144, 500, 2047, 2048, 2049, 5000};
  for (const std::size_t k : slot_counts) {
    for (const std::size_t size : sizes) {
      const std::uint64_t seed = k * 31 + size;
      // One more than needed, so that the elements also begin off the alignment of a vector.
      const std::vector<std::uint64_t> values = RandomValues(seed).take(size + 1);
      for (const std::size_t offset : {0, 1}) {
        const std::span elements = std::span(values).subspan(offset, size);
        const auto expected = reference::fast_similarity_sketch(elements, seed, k);
        for (const std::int64_t target : supported_targets()) {
          BOOST_TEST_CONTEXT(hwy::TargetName(target)
                             << " k " << k << " size " << size << " offset " << offset) {
            const OnlyTarget only(target);
            BOOST_TEST(sketch_of(elements, seed, k) == expected);
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(is_defined_for_the_smallest_and_largest_elements_and_seeds) {
  const std::uint64_t last = ~std::uint64_t{0};
  const std::vector<std::vector<std::uint64_t>> sets = {{0}, {last}, {0, last}, {1, 2, 3, 4, 5}};
  for (const auto& set : sets) {
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, last}) {
      BOOST_TEST(sketch_of(set, seed, 128) == reference::fast_similarity_sketch(set, seed, 128));
    }
  }
}

BOOST_AUTO_TEST_CASE(order_and_repeats_do_not_matter) {
  for (const std::size_t size : {1, 2, 20, 100, 129, 700, 3000}) {
    const auto set = RandomValues(size).take(size);
    auto bag = set;
    std::reverse(bag.begin(), bag.end());
    bag.insert(bag.end(), set.begin(), set.begin() + static_cast<std::ptrdiff_t>((size + 1) / 2));
    BOOST_TEST_CONTEXT("size " << size) {
      BOOST_TEST(sketch_of(bag, 7, 128) == sketch_of(set, 7, 128));
      BOOST_TEST(sketch_of(bag, 7, 1024) == sketch_of(set, 7, 1024));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_few_elements_repeated_very_often) {
  for (const std::size_t distinct : {1, 2, 5, 100, 300}) {
    const auto set = RandomValues(distinct).take(distinct);
    std::vector<std::uint64_t> bag;
    for (std::size_t i = 0; i < 4000; ++i) bag.push_back(set[i * i % distinct]);
    bag.insert(bag.end(), set.begin(), set.end());
    for (const std::int64_t target : supported_targets()) {
      const OnlyTarget only(target);
      BOOST_TEST(sketch_of(bag, 1, 128) == sketch_of(set, 1, 128));
      BOOST_TEST(sketch_of(bag, 1, 1000) == sketch_of(set, 1, 1000));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_sketch_of_a_union_is_the_minimum) {
  for (const std::size_t size : {1, 3, 20, 129, 1000, 4000}) {
    for (const std::size_t k : {16, 128, 1024}) {
      const auto both = RandomValues(size).take(3 * size);
      const std::span all(both);
      const auto left = sketch_of(all.first(2 * size), 3, k);
      const auto right = sketch_of(all.last(2 * size), 3, k);
      std::vector<std::uint32_t> smaller(k);
      std::transform(left.begin(), left.end(), right.begin(), smaller.begin(),
                     [](std::uint32_t a, std::uint32_t b) { return std::min(a, b); });
      BOOST_TEST(sketch_of(all, 3, k) == smaller);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_empty_set_leaves_all_slots_empty) {
  BOOST_TEST(sketch_of({}, 0, 128) == std::vector<std::uint32_t>(128, 0xFFFFFFFF));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
