#include "copydesk/parallel/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <exception>
#include <mutex>

#include "copydesk/parallel/team.h"

namespace copydesk {

void parallel_for(
    std::size_t threads, std::size_t count, std::size_t grain,
    const std::function<void(std::size_t begin, std::size_t end, std::size_t worker)>& body) {
  assert(threads >= 1 && grain >= 1);
  const std::size_t ranges = (count + grain - 1) / grain;
  threads = std::min(threads, ranges);
  if (threads <= 1) {
    for (std::size_t begin = 0; begin < count; begin += grain) {
      body(begin, std::min(begin + grain, count), 0);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&](std::size_t worker) {
    try {
      for (;;) {
        const std::size_t range = next.fetch_add(1, std::memory_order_relaxed);
        if (range >= ranges) return;
        body(range * grain, std::min((range + 1) * grain, count), worker);
      }
    } catch (...) {
      next.store(ranges, std::memory_order_relaxed);
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    Team team;
    team.start_each(threads - 1, run);
    run(0);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace copydesk
