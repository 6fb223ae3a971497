// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "copydesk/shingle/shingler.h"

namespace copydesk {
namespace {

void check_set(std::vector<std::uint64_t> shingles) {
  const std::set<std::uint64_t> expected(shingles.begin(), shingles.end());
  make_shingle_set(shingles);
  BOOST_TEST(std::equal(shingles.begin(), shingles.end(), expected.begin(), expected.end()));
}

BOOST_AUTO_TEST_SUITE(shingle_set)

BOOST_AUTO_TEST_CASE(lists_of_every_kind_become_sets) {
  std::mt19937_64 random(21);
  for (const std::size_t size : {0, 1, 2, 3, 11, 12, 13, 500, 1000, 4096, 4097, 70000}) {
    std::vector<std::uint64_t> mixed(size), few(size), close(size), sorted(size), ends(size);
    for (std::size_t i = 0; i < size; ++i) {
      mixed[i] = random();
      few[i] = random() % 7 * 0x9E3779B97F4A7C15u;
      close[i] = (std::uint64_t{1} << 63) + random() % 1000;
      sorted[i] = i * 3;
      ends[i] = random() % 2 == 0 ? random() % 3 : ~(random() % 3);
    }
    BOOST_TEST_CONTEXT("size " << size) {
      for (const auto& list : {mixed, few, close, sorted, ends}) check_set(list);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
