// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/memory_budget.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <limits>

#include "copydesk/corpus/file_corpus.h"

namespace copydesk {
namespace {

BOOST_AUTO_TEST_SUITE(memory_budget)

BOOST_AUTO_TEST_CASE(in_no_stage_do_the_parts_of_a_command_add_to_more_than_the_whole) {
  for (const MemoryPlan plan : kMemoryPlans) {
    BOOST_TEST(!shares_of(plan).empty());
    for (unsigned stage = 0; stage < 8; ++stage) {
      unsigned sum = 0;
      for (const MemoryShare& share : shares_of(plan)) {
        if (share.first_stage <= stage && stage <= share.last_stage) sum += share.share;
      }
      BOOST_TEST_CONTEXT("plan " << static_cast<int>(plan) << ", stage " << stage) {
        BOOST_TEST(sum <= kWholeMemory);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(all_plans_leave_room_for_the_copies_that_every_corpus_keeps) {
  constexpr std::uint64_t kBytes = std::uint64_t{960} << 20;
  for (const MemoryPlan plan : kMemoryPlans) {
    BOOST_TEST(memory_for(plan, "copies", kBytes) ==
               static_cast<std::uint64_t>(FileCorpus::kCopyShareOfMemory * double{kBytes}));
  }
}

BOOST_AUTO_TEST_CASE(threads_share_what_each_of_them_holds) {
  for (const std::size_t threads : {1, 2, 7, 64}) {
    for (const std::uint64_t bytes : {std::uint64_t{1}, std::uint64_t{1} << 20,
                                      std::numeric_limits<std::uint64_t>::max()}) {
      const MemoryBudget budget = divide_memory(bytes, threads);
      const double held = double(budget.keys) + double(budget.pairs) +
                          double(threads) * (double(budget.join_entries) +
                                             double(budget.join_pairs) +
                                             double(budget.join_sketches));
      BOOST_TEST(held <= double(bytes));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
