// SPDX-License-Identifier: Apache-2.0
#include "copydesk/parallel/ordered_stage.h"

#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {
namespace {

struct Item {
  std::size_t number = 0;
  std::vector<int> used;  // never cleared: shows whether the object is reused
};

struct Result {
  std::size_t square = 0;
};

void take_a_while(RandomValues& random) {
  std::this_thread::sleep_for(std::chrono::microseconds(random.next() % 200));
}

constexpr std::size_t kThreads[] = {1, 2, 8};

// Which step fails, at which item.
std::vector<std::size_t> consumed_before_failure(std::size_t threads, const std::string& step,
                                                 std::size_t at) {
  std::vector<std::size_t> consumed;
  std::atomic<bool> consume_failed = false;
  std::size_t produced = 0;
  const auto fail_if = [&](const char* here, std::size_t number) {
    if (step == here && number == at) throw std::runtime_error(step);
  };
  BOOST_CHECK_EXCEPTION((run_ordered_stage<Item, Result>(
                            threads,
                            [&](Item& item) {
                              item.number = produced++;
                              fail_if("produce", item.number);
                              return produced <= 500;
                            },
                            [&](std::size_t worker) {
                              if (step == "make_worker" && worker == at)
                                throw std::runtime_error(step);
                              return [&](Item& item, Result& result) {
                                fail_if("work", item.number);
                                result.square = item.number;
                              };
                            },
                            [&](Item&, Result& result) {
                              BOOST_TEST(!consume_failed);
                              consume_failed = step == "consume" && result.square == at;
                              fail_if("consume", result.square);
                              consumed.push_back(result.square);
                            })),
                        std::runtime_error,
                        [&](const std::runtime_error& error) { return step == error.what(); });
  return consumed;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ordered_stage)

BOOST_AUTO_TEST_CASE(results_come_in_production_order) {
  for (const std::size_t threads : kThreads) {
    for (const std::size_t count : {0, 1, 2, 17, 1000}) {
      std::size_t produced = 0;
      std::vector<std::size_t> squares;
      std::atomic<int> producers = 0;
      std::atomic<int> consumers = 0;
      std::atomic<bool> overlapped = false;
      RandomValues slowness(99);
      run_ordered_stage<Item, Result>(
          threads,
          [&](Item& item) {
            if (++producers != 1) overlapped = true;
            // Now and then production is slow for a while.
            if (produced / 50 % 2 == 1) take_a_while(slowness);
            const bool more = produced != count;
            if (more) item.number = produced++;
            --producers;
            return more;
          },
          [&](std::size_t worker) {
            return [random = RandomValues(worker)](Item& item, Result& result) mutable {
              take_a_while(random);
              result.square = item.number * item.number;
            };
          },
          [&](Item& item, Result& result) {
            if (++consumers != 1 || result.square != item.number * item.number) overlapped = true;
            squares.push_back(result.square);
            --consumers;
          });
      BOOST_TEST(!overlapped);
      BOOST_TEST_REQUIRE(squares.size() == count);
      for (std::size_t i = 0; i < count; ++i) BOOST_TEST_REQUIRE(squares[i] == i * i);
    }
  }
}

// One slow item holds up consumption; production must wait for it, and objects come back.
BOOST_AUTO_TEST_CASE(items_under_way_are_bounded_and_objects_reused) {
  for (const std::size_t threads : kThreads) {
    std::size_t produced = 0;
    std::atomic<std::size_t> consumed = 0;
    std::size_t most_under_way = 0;
    std::set<const Item*> objects;
    std::size_t longest_history = 0;
    run_ordered_stage<Item, Result>(
        threads,
        [&](Item& item) {
          if (produced == 400) return false;
          objects.insert(&item);
          item.number = produced++;
          item.used.push_back(1);
          longest_history = std::max(longest_history, item.used.size());
          most_under_way = std::max(most_under_way, produced - consumed);
          return true;
        },
        [&](std::size_t) {
          return [](Item& item, Result&) {
            if (item.number == 3) std::this_thread::sleep_for(std::chrono::milliseconds(50));
          };
        },
        [&](Item&, Result&) { ++consumed; });
    BOOST_TEST(consumed == 400U);
    // One more than there are objects: an item counts as consumed a moment after it is taken back.
    BOOST_TEST(most_under_way <= 2 * threads + 3);
    BOOST_TEST(objects.size() <= 2 * threads + 2);
    BOOST_TEST(longest_history > 1U);
  }
}

BOOST_AUTO_TEST_CASE(one_worker_is_made_per_thread) {
  for (const std::size_t threads : kThreads) {
    std::mutex mutex;
    std::multiset<std::size_t> made;
    int items = 0;
    run_ordered_stage<Item, Result>(
        threads, [&](Item&) { return items++ < 100; },
        [&](std::size_t worker) {
          const std::lock_guard lock(mutex);
          made.insert(worker);
          return [](Item&, Result&) {};
        },
        [](Item&, Result&) {});
    BOOST_TEST(made.size() == threads);
    for (std::size_t worker = 0; worker < threads; ++worker) BOOST_TEST(made.count(worker) == 1U);
  }
}

BOOST_AUTO_TEST_CASE(a_failure_in_any_step_ends_the_stage) {
  for (int repeat = 0; repeat < 20; ++repeat) {
    for (const std::size_t threads : kThreads) {
      for (const char* const step : {"produce", "work", "consume"}) {
        for (const std::size_t at : {0, 1, 40}) {
          const std::vector<std::size_t> consumed = consumed_before_failure(threads, step, at);
          BOOST_TEST_CONTEXT(step << " fails at " << at << ", " << threads << " threads") {
            BOOST_TEST(consumed.size() <= at);
            for (std::size_t i = 0; i < consumed.size(); ++i) BOOST_TEST(consumed[i] == i);
            if (threads == 1 || std::string(step) == "consume") BOOST_TEST(consumed.size() == at);
          }
        }
      }
      consumed_before_failure(threads, "make_worker", threads - 1);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
