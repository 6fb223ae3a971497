// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/slot_agreement.h"

#include <boost/test/unit_test.hpp>

#include "only_target.h"
#include "random_sets.h"
#include "reference/slot_agreement.h"

namespace copydesk {
namespace {

// Row `r` agrees with the query in every slot for r = 0, in none for r = 1, else at random.
template <typename Slot>
std::vector<Slot> random_rows(const Slot* query, std::size_t size, std::size_t row_count,
                              RandomValues& random) {
  std::vector<Slot> rows;
  for (std::size_t r = 0; r < row_count; ++r) {
    for (std::size_t i = 0; i < size; ++i) {
      const bool equal = r == 0 || (r != 1 && random.next() % 2 == 0);
      rows.push_back(equal ? query[i] : static_cast<Slot>(query[i] ^ (1U << random.next() % 8)));
    }
  }
  return rows;
}

template <typename Slot>
void compare_with_reference() {
  constexpr std::size_t kRows = 21;
  RandomValues random(sizeof(Slot));
  for (const std::size_t size :
       {0,  1,   3,   7,   8,   9,   15,  16,  17,  24,  31,  32,  33,   40,   63,   64,   65,
        72, 120, 127, 128, 129, 136, 191, 200, 255, 256, 257, 512, 1000, 1024, 4095, 4097, 16400}) {
    // Query and rows begin one slot off the alignment of a vector.
    std::vector<Slot> query_store(size + 1);
    for (Slot& slot : query_store) slot = static_cast<Slot>(random.next());
    const std::span<const Slot> query = std::span(query_store).subspan(1);
    std::vector<Slot> rows_store = random_rows(query.data(), size, kRows, random);
    rows_store.insert(rows_store.begin(), Slot{0});
    const Slot* rows = rows_store.data() + 1;
    std::vector<std::uint16_t> expected(kRows);
    for (std::size_t r = 0; r < kRows; ++r) {
      expected[r] = reference::equal_slots(query.data(), rows + r * size, size);
    }
    for (const std::int64_t target : supported_targets()) {
      BOOST_TEST_CONTEXT(hwy::TargetName(target) << " size " << size) {
        const OnlyTarget only(target);
        for (const std::size_t row_count : {std::size_t{0}, std::size_t{1}, kRows}) {
          std::vector<std::uint16_t> counts(row_count);
          count_equal_slots(query, rows, counts);
          BOOST_CHECK(std::equal(counts.begin(), counts.end(), expected.begin()));
        }
        std::vector<std::uint32_t> listed;
        for (std::uint32_t i = 0; i < 40; ++i) {
          listed.push_back((i * i + 3) % std::uint32_t{kRows});
        }
        for (const std::size_t listed_count : {0, 1, 7, 8, 9, 40}) {
          std::vector<std::uint16_t> counts(listed_count);
          count_equal_slots(query, rows, std::span(listed).first(listed_count), counts);
          for (std::size_t i = 0; i < listed_count; ++i) {
            BOOST_TEST(counts[i] == expected[listed[i]]);
          }
        }
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(slot_agreement_kernel)

BOOST_AUTO_TEST_CASE(slots_of_8_bits) {
  compare_with_reference<std::uint8_t>();
}
BOOST_AUTO_TEST_CASE(slots_of_16_bits) {
  compare_with_reference<std::uint16_t>();
}
BOOST_AUTO_TEST_CASE(slots_of_32_bits) {
  compare_with_reference<std::uint32_t>();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
