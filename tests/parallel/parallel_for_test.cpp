// SPDX-License-Identifier: Apache-2.0
#include "copydesk/parallel/parallel_for.h"

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace copydesk {

BOOST_AUTO_TEST_SUITE(parallel_ranges)

BOOST_AUTO_TEST_CASE(covers_the_range_exactly_once) {
  for (const std::size_t threads : {1, 2, 3, 8}) {
    for (const std::size_t count : {0, 1, 2, 7, 8, 9, 100, 1001}) {
      for (const std::size_t grain : {1, 2, 7, 8, 100, 5000}) {
        std::vector<std::atomic<int>> visits(count);
        std::atomic<bool> sound = true;
        parallel_for(threads, count, grain,
                     [&](std::size_t begin, std::size_t end, std::size_t worker) {
                       if (worker >= threads || begin >= end || end > count ||
                           end - begin > grain || begin % grain != 0) {
                         sound = false;
                       }
                       for (std::size_t i = begin; i < end; ++i) ++visits[i];
                     });
        BOOST_TEST_CONTEXT(threads << " threads, " << count << " items by " << grain) {
          BOOST_TEST(sound);
          std::size_t once = 0;
          for (const auto& visit : visits) once += visit == 1 ? 1 : 0;
          BOOST_TEST(once == count);
        }
      }
    }
  }
}

// Two ranges with the same worker number never run at the same time: the number names state.
BOOST_AUTO_TEST_CASE(a_worker_number_belongs_to_one_thread_at_a_time) {
  std::vector<std::atomic<int>> inside(4);
  std::atomic<bool> shared = false;
  parallel_for(4, 2000, 1, [&](std::size_t, std::size_t, std::size_t worker) {
    if (++inside[worker] != 1) shared = true;
    --inside[worker];
  });
  BOOST_TEST(!shared);
}

BOOST_AUTO_TEST_CASE(the_first_exception_is_rethrown_and_ends_the_work) {
  for (const std::size_t threads : {1, 2, 8}) {
    std::atomic<std::size_t> started = 0;
    const auto body = [&](std::size_t begin, std::size_t, std::size_t) {
      ++started;
      if (begin == 10) throw std::runtime_error("range ten");
    };
    BOOST_CHECK_EXCEPTION(parallel_for(threads, 1'000'000, 1, body), std::runtime_error,
                          [](const std::runtime_error& error) {
                            return std::string(error.what()) == "range ten";
                          });
    BOOST_TEST(started < 1'000'000U);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
