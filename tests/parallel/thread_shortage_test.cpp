// SPDX-License-Identifier: Apache-2.0
//
// A system that refuses to start threads. This executable's own pthread_create stands before the
// real one and counts down.
#include <dlfcn.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <limits>
#include <numeric>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/parallel/parallel_for.h"

namespace {

constexpr int kUnlimited = std::numeric_limits<int>::max();
std::atomic<int> threads_left{kUnlimited};
std::atomic<int> refusals{0};

}  // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                              void* (*routine)(void*), void* argument) {
  using Function = decltype(&pthread_create);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_create"));
  if (threads_left != kUnlimited && threads_left-- <= 0) {
    ++refusals;
    return EAGAIN;
  }
  return real(thread, attributes, routine, argument);
}

namespace copydesk {
namespace {

// While it lives, only `count` more threads can be started.
class ThreadShortage {
 public:
  explicit ThreadShortage(int count) {
    refusals = 0;
    threads_left = count;
  }
  ~ThreadShortage() { threads_left = kUnlimited; }
  ThreadShortage(const ThreadShortage&) = delete;
  ThreadShortage& operator=(const ThreadShortage&) = delete;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(thread_shortage)

BOOST_AUTO_TEST_CASE(an_ordered_stage_does_without_the_threads_it_is_refused) {
  for (int available = 0; available <= 8; ++available) {
    const ThreadShortage shortage(available);
    std::size_t produced = 0;
    std::atomic<std::size_t> workers = 0;
    std::vector<std::size_t> consumed;
    run_ordered_stage<std::size_t, std::size_t>(
        8,
        [&](std::size_t& item) {
          item = produced;
          return produced++ < 500;
        },
        [&](std::size_t) {
          ++workers;
          return [](std::size_t& item, std::size_t& result) { result = item; };
        },
        [&](std::size_t&, std::size_t& result) { consumed.push_back(result); });
    BOOST_TEST_CONTEXT(available << " threads to be had") {
      // The calling thread is one of the eight.
      BOOST_TEST(workers == static_cast<std::size_t>(std::min(available + 1, 8)));
      BOOST_TEST((refusals > 0) == (available < 7));
      std::vector<std::size_t> expected(500);
      std::iota(expected.begin(), expected.end(), std::size_t{0});
      BOOST_TEST(consumed == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_parallel_loop_does_without_the_threads_it_is_refused) {
  for (const int available : {0, 1, 6, 7}) {
    const ThreadShortage shortage(available);
    std::vector<int> visits(1000);
    parallel_for(8, visits.size(), 7, [&](std::size_t begin, std::size_t end, std::size_t worker) {
      if (worker > static_cast<std::size_t>(available)) visits[0] = -1000;
      for (std::size_t i = begin; i < end; ++i) ++visits[i];
    });
    BOOST_TEST_CONTEXT(available << " threads to be had") {
      BOOST_TEST((refusals > 0) == (available < 7));
      BOOST_TEST(std::count(visits.begin(), visits.end(), 1) == 1000);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
