// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/banding.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "copydesk/lsh/band_keys.h"
#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(banding)

BOOST_AUTO_TEST_CASE(curve_follows_the_formula) {
  for (const Banding banding : {Banding{1, 1}, Banding{16, 8}, Banding{20, 5}, Banding{3, 40}}) {
    double last = 0.0;
    for (int i = 0; i <= 100; ++i) {
      // Multiplied out: the pair misses every band.
      double band = 1.0, missed = 1.0;
      for (std::size_t row = 0; row < banding.rows; ++row) band *= i / 100.0;
      for (std::size_t n = 0; n < banding.bands; ++n) missed *= 1.0 - band;
      const double probability = candidate_probability(banding, i / 100.0);
      BOOST_TEST(std::abs(probability - (1.0 - missed)) < 1e-12);
      BOOST_TEST(probability >= last);
      last = probability;
    }
    BOOST_TEST(last == 1.0);
  }
}

BOOST_AUTO_TEST_CASE(chosen_banding_is_the_cheapest_of_all) {
  for (const std::size_t slots : {16, 64, 128, 256, 512}) {
    for (int percent = 5; percent <= 100; percent += 5) {
      for (const double recall : {0.5, 0.9, 0.99, 0.9999}) {
        const double threshold = percent / 100.0;
        Banding expected;
        for (std::size_t rows = 1; rows <= slots; ++rows) {
          for (std::size_t bands = 1; bands * rows <= slots; ++bands) {
            if (candidate_probability({bands, rows}, threshold) < recall - 1e-12) continue;
            expected = {bands, rows};
            break;
          }
        }
        BOOST_TEST_CONTEXT(slots << " slots, " << threshold << ", recall " << recall) {
          if (expected.rows == 0) {
            BOOST_CHECK_EXCEPTION(
                static_cast<void>(choose_banding(threshold, recall, slots)), Error,
                [](const Error& error) { return error.code() == ErrorCode::kInvalidOption; });
          } else {
            const Banding chosen = choose_banding(threshold, recall, slots);
            BOOST_TEST((chosen == expected));
            BOOST_TEST(candidate_probability(chosen, threshold) >= recall - 1e-9);
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(too_few_slots_are_named) {
  // log(0.01) / log(0.9) = 43.7
  BOOST_CHECK_EXCEPTION(static_cast<void>(choose_banding(0.1, 0.99, 40)), Error,
                        [](const Error& error) {
                          return error.where() == "--slots" &&
                                 std::string(error.what()).find("at least 44 slots") !=
                                     std::string::npos;
                        });
  BOOST_TEST((choose_banding(0.1, 0.99, 44) == Banding{44, 1}));
}

BOOST_AUTO_TEST_CASE(values_out_of_range_are_refused) {
  const double nan = std::nan("");
  for (const double threshold : {0.0, -0.1, 1.0001, nan}) {
    BOOST_CHECK_THROW(static_cast<void>(choose_banding(threshold, 0.9, 128)), Error);
  }
  for (const double recall : {0.0, 1.0, -1.0, 2.0, nan}) {
    BOOST_CHECK_THROW(static_cast<void>(choose_banding(0.8, recall, 128)), Error);
  }
}

BOOST_AUTO_TEST_CASE(a_slot_changes_the_key_of_its_band_alone) {
  const Banding banding{9, 7};
  std::vector<std::uint32_t> slots(64);
  RandomValues random(5);
  for (std::uint32_t& slot : slots) slot = static_cast<std::uint32_t>(random.next());
  std::vector<std::uint64_t> keys(9), changed(9);
  compute_band_keys(slots, banding, keys);
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    for (const std::uint32_t bit : {0U, 13U, 31U}) {
      slots[slot] ^= 1U << bit;
      compute_band_keys(slots, banding, changed);
      slots[slot] ^= 1U << bit;
      for (std::size_t band = 0; band < 9; ++band) {
        BOOST_TEST((changed[band] != keys[band]) == (slot / 7 == band));
      }
    }
  }
  // Equal rows in different bands still give different keys.
  compute_band_keys(std::vector<std::uint32_t>(63, 1), banding, keys);
  std::sort(keys.begin(), keys.end());
  BOOST_TEST((std::adjacent_find(keys.begin(), keys.end()) == keys.end()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
