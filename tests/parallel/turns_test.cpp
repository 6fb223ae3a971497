// SPDX-License-Identifier: Apache-2.0
#include "copydesk/parallel/turns.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "copydesk/parallel/ordered_stage.h"
#include "random_sets.h"

namespace copydesk {
namespace {

struct Item {
  std::size_t number = 0;
};
struct Result {
  std::size_t sum = 0;
};

constexpr std::size_t kThreads[] = {1, 2, 3, 8};

void take_a_while(std::size_t seed) {
  RandomValues random(seed);
  std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 300));
}

// Sums of the numbers before, found in the middle of work on each.
std::vector<std::size_t> sums(std::size_t threads, std::size_t count, std::size_t slow_production,
                              std::size_t failing = SIZE_MAX) {
  Turns turns;
  std::size_t produced = 0;
  std::size_t sum = 0;
  std::vector<std::size_t> found;
  run_ordered_stage<Item, Result>(
      threads,
      [&](Item& item) {
        if (slow_production > 0) take_a_while(produced * slow_production);
        item.number = produced++;
        return produced <= count;
      },
      [&](std::size_t) {
        return [&](Item& item, Result& result) {
          take_a_while(item.number);
          if (item.number == failing) {
            turns.fail(std::make_exception_ptr(std::runtime_error("failed")));
            throw std::runtime_error("failed");
          }
          turns.take(item.number, [&] {
            result.sum = sum;
            sum += item.number;
          });
          take_a_while(~item.number);
        };
      },
      [&](Item&, Result& result) { found.push_back(result.sum); });
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(turns)

BOOST_AUTO_TEST_CASE(come_in_order_whatever_the_threads) {
  for (const std::size_t threads : kThreads) {
    for (const std::size_t slow : {0U, 31U}) {
      const std::vector<std::size_t> found = sums(threads, 200, slow);
      BOOST_TEST_REQUIRE(found.size() == 200U);
      for (std::size_t i = 0; i < found.size(); ++i) BOOST_TEST(found[i] == i * (i - 1) / 2);
    }
  }
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_one_that_fails) {
  for (const std::size_t threads : kThreads) {
    for (const std::size_t failing : {0U, 1U, 50U, 199U}) {
      BOOST_CHECK_EXCEPTION(
          sums(threads, 200, 0, failing), std::runtime_error,
          [](const std::runtime_error& error) { return error.what() == std::string("failed"); });
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
