// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/shingle_set_store.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"
#include "temporary_folder.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(shingle_set_store)

// 14 MB in all, so that chunks of 4 MB fill; one set is larger than a chunk.
BOOST_AUTO_TEST_CASE(where_sets_are_held_does_not_show) {
  const tests::TemporaryFolder folder;
  RandomValues random(1);
  std::vector<std::vector<std::uint64_t>> sets;
  std::vector<std::vector<std::uint32_t>> tokens;
  for (std::size_t i = 0; i < 1500; ++i) {
    sets.push_back(random.take(i == 700 ? 600'000 : random.next() % 1200));
    std::sort(sets.back().begin(), sets.back().end());
    tokens.emplace_back(random.next() % 500);
    for (std::uint32_t& token : tokens.back()) token = static_cast<std::uint32_t>(random.next());
  }
  const std::size_t unbounded = ~std::size_t{0};
  std::uint64_t last_on_disk = ~std::uint64_t{0};
  for (const std::size_t memory : {std::size_t{0}, std::size_t{5} << 20, unbounded}) {
    ShingleSetStore store(folder.path(), memory);
    for (std::uint32_t i = 0; i < sets.size(); ++i) store.add(3 * i, sets[i], tokens[i]);
    ShingleSetStore::Buffer buffer;
    for (std::size_t step = 0; step < sets.size(); ++step) {
      const std::size_t i = step * 7 % sets.size();  // 7 and 1500 are coprime: every one, jumping
      const auto view = store.get(static_cast<std::uint32_t>(3 * i), buffer);
      BOOST_TEST_REQUIRE(std::ranges::equal(view.set, sets[i]));
      BOOST_TEST_REQUIRE(std::ranges::equal(view.tokens, tokens[i]));
      BOOST_TEST_REQUIRE(store.set_size(static_cast<std::uint32_t>(3 * i)) == sets[i].size());
    }
    BOOST_TEST(store.bytes_on_disk() < last_on_disk);
    last_on_disk = store.bytes_on_disk();
    BOOST_TEST(folder.names().empty());  // the file has no name
  }
  BOOST_TEST(last_on_disk == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
