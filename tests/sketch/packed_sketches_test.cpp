// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/packed_sketches.h"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "copydesk/sketch/sketch_rows.h"
#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(packed_sketches)

BOOST_AUTO_TEST_CASE(rows_stay_where_they_are_across_chunks) {
  constexpr std::size_t kSlots = 24, kRows = 20'000;
  PackedSketches sketches(kSlots);
  std::vector<std::uint8_t> all;
  RandomValues random(1);
  const std::uint8_t* first = nullptr;
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t i = 0; i < kSlots; ++i)
      all.push_back(static_cast<std::uint8_t>(random.next()));
    sketches.append(std::span(all).last(kSlots));
    if (row == 0) first = sketches.row(0).data();
  }
  BOOST_TEST(sketches.size() == kRows);
  BOOST_TEST(sketches.slots() == kSlots);
  BOOST_TEST((sketches.row(0).data() == first));
  for (std::size_t row = 0; row < kRows; ++row) {
    BOOST_TEST_REQUIRE(
        std::ranges::equal(sketches.row(row), std::span(all).subspan(row * kSlots, kSlots)));
  }
}

BOOST_AUTO_TEST_CASE(rows_can_be_read_from_the_file) {
  constexpr std::size_t kSlots = 24;
  constexpr std::uint32_t kRows = 40'000;
  PackedSketches sketches(kSlots, {}, 16'384 * kSlots);
  std::vector<std::uint8_t> all;
  RandomValues random(2);
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t i = 0; i < kSlots; ++i)
      all.push_back(static_cast<std::uint8_t>(random.next()));
    sketches.append(std::span(all).last(kSlots));
    BOOST_TEST_REQUIRE(sketches.in_memory() == (row < 16'384));
  }
  std::vector<std::uint8_t> rows(kRows * kSlots);
  sketches.read(0, kRows, rows);
  BOOST_TEST((rows == all));
  // Dense, sparse, and from the end that is still in memory.
  for (const std::uint32_t step : {1U, 7U, 3000U, 39'999U}) {
    std::vector<std::uint32_t> documents;
    for (std::uint32_t row = kRows - 1; row >= step && row < kRows; row -= step) {
      documents.push_back(row);
    }
    std::ranges::reverse(documents);
    SketchRows loaded(sketches);
    BOOST_TEST(loaded.needs_loading());
    loaded.load({});
    loaded.load(documents);
    for (const std::uint32_t row : documents) {
      BOOST_TEST_REQUIRE(
          std::ranges::equal(loaded.row(row), std::span(all).subspan(row * kSlots, kSlots)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
