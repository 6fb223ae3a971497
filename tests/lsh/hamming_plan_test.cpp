// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/hamming_plan.h"

#include <cmath>
#include <set>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"

namespace copydesk {
namespace {

// Whether some choice of `distance` blocks of the plan touches the key of every table. Blocks of a
// plan do not overlap, so it is enough to try blocks instead of bits.
bool can_be_missed(const HammingPlan& plan, const std::vector<BitBlock>& blocks,
                   std::vector<bool>& touched, std::size_t left) {
  for (const HammingTable& table : plan.tables) {
    const bool is_touched = [&] {
      for (const BitBlock& block : table.key) {
        if (touched[block.begin]) return true;
      }
      return false;
    }();
    if (is_touched) continue;
    if (left == 0) return false;
    // One of its blocks has to be touched.
    for (const BitBlock& block : table.key) {
      touched[block.begin] = true;
      const bool missed = can_be_missed(plan, blocks, touched, left - 1);
      touched[block.begin] = false;
      if (missed) return true;
    }
    return false;
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hamming_plan)

BOOST_AUTO_TEST_CASE(no_pair_within_the_distance_can_miss_all_tables) {
  for (const std::size_t bits : {64, 128}) {
    for (std::size_t distance = 0; distance <= largest_hamming_distance(bits); ++distance) {
      const std::vector<HammingPlan> plans = hamming_plans(bits, distance);
      BOOST_TEST(plans.size() >= (distance == 0 ? 1U : 2U));
      for (const HammingPlan& plan : plans) {
        if (plan.tables.empty()) {
          BOOST_TEST(distance == 0U);
          continue;
        }
        std::set<std::size_t> begins;
        std::vector<BitBlock> blocks;
        for (const HammingTable& table : plan.tables) {
          std::size_t key_bits = 0;
          for (const BitBlock& block : table.key) {
            if (begins.insert(block.begin).second) blocks.push_back(block);
            key_bits += block.width;
          }
          BOOST_TEST(key_bits == table.key_bits);
        }
        std::size_t all_bits = 0;
        for (const BitBlock& block : blocks) {
          all_bits += block.width;
          BOOST_TEST_REQUIRE(block.width >= 1);
          for (const BitBlock& other : blocks) {
            const bool apart = block.begin + block.width <= other.begin ||
                               other.begin + other.width <= block.begin || block == other;
            BOOST_TEST_REQUIRE(apart);
          }
        }
        BOOST_TEST((plan.tables.front().key.empty() || all_bits == bits));
        // The rest takes long, and has the shape of smaller ones.
        const double tries = std::pow(plan.tables.back().key.size(), distance);
        if (tries * static_cast<double>(plan.tables.size()) > 2e6) continue;
        std::vector<bool> touched(bits);
        BOOST_TEST_CONTEXT(bits << " bits, distance " << distance << ", " << plan.tables.size()
                                << " tables of " << plan.tables.front().key_bits << " bits") {
          BOOST_TEST(!can_be_missed(plan, blocks, touched, distance));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_cheapest_is_chosen) {
  // A handful is compared all with all; distance 3 needs four tables of sixteen bits.
  BOOST_TEST(choose_hamming_plan(64, 3, 100).tables.size() == 1U);
  BOOST_TEST(choose_hamming_plan(64, 3, 100).tables.front().key_bits == 0U);
  BOOST_TEST(choose_hamming_plan(64, 3, 1'000'000).tables.size() == 4U);
  for (const std::size_t count : {10'000, 1'000'000, 100'000'000}) {
    for (std::size_t distance = 1; distance <= 8; ++distance) {
      const double chosen = hamming_cost(choose_hamming_plan(64, distance, count), count);
      for (const HammingPlan& plan : hamming_plans(64, distance)) {
        BOOST_TEST(chosen <= hamming_cost(plan, count));
      }
    }
  }
  // Parts with budgets of their own beat the plan of one part (28 tables) for distance 6.
  BOOST_TEST(choose_hamming_plan(64, 6, 1'000'000).tables.size() < 28U);
}

BOOST_AUTO_TEST_CASE(distances_out_of_range_are_refused) {
  BOOST_CHECK_NO_THROW(static_cast<void>(choose_hamming_plan(64, 8, 1000)));
  BOOST_CHECK_THROW(static_cast<void>(choose_hamming_plan(64, 9, 1000)), Error);
  BOOST_CHECK_NO_THROW(static_cast<void>(choose_hamming_plan(128, 16, 1000)));
  BOOST_CHECK_THROW(static_cast<void>(choose_hamming_plan(128, 17, 1000)), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
