// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/spill_buffer.h"

#include <algorithm>
#include <numeric>

#include <boost/test/unit_test.hpp>

#include "copydesk/stream/spill_list.h"
#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(spill_buffer)

BOOST_AUTO_TEST_CASE(gives_back_what_was_appended) {
  constexpr std::size_t kMebi = std::size_t{1} << 20;
  for (const std::size_t memory : {std::size_t{0}, kMebi / 2, kMebi, 3 * kMebi + 5, 99 * kMebi}) {
    RandomValues random(memory);
    SpillBuffer buffer({}, memory);
    std::vector<std::byte> all;
    while (all.size() < 9 * kMebi) {
      // Small pieces, pieces of whole mebibytes, and pieces longer than the memory.
      const std::size_t sizes[] = {random.next() % 3000, kMebi, random.next() % (3 * kMebi), 0};
      std::vector<std::byte> piece(sizes[random.next() % 4]);
      for (std::byte& byte : piece) byte = static_cast<std::byte>(random.next());
      buffer.append(piece);
      all.insert(all.end(), piece.begin(), piece.end());
      BOOST_TEST(buffer.size() == all.size());
    }
    BOOST_TEST((buffer.bytes_on_disk() > 0) == (memory < 99 * kMebi));
    // At most one chunk stays in memory.
    if (memory < 99 * kMebi) BOOST_TEST(buffer.bytes_on_disk() + kMebi >= all.size());
    for (int i = 0; i < 200; ++i) {
      const std::size_t offset = random.next() % all.size();
      std::vector<std::byte> part(random.next() % (all.size() - offset) % (2 * kMebi));
      buffer.read(offset, part);
      BOOST_TEST((
          std::equal(part.begin(), part.end(), all.begin() + static_cast<std::ptrdiff_t>(offset))));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_list_is_read_part_by_part) {
  SpillList<std::uint32_t> list({}, 4096);
  std::vector<std::uint32_t> expected(700'000);
  std::iota(expected.begin(), expected.end(), 5U);
  list.append(std::span(expected).first(3));
  list.append(std::span(expected).subspan(3));
  BOOST_TEST(list.size() == expected.size());
  for (const std::size_t part : {std::size_t{1} << 16, expected.size(), std::size_t{1} << 30}) {
    std::vector<std::uint32_t> found;
    list.for_each_part(part, [&](std::span<const std::uint32_t> values) {
      BOOST_TEST(values.size() <= part);
      found.insert(found.end(), values.begin(), values.end());
    });
    BOOST_TEST((found == expected));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
