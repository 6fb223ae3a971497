#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A loop whose iterations do not need each other, on several threads. 10,000 items at a grain of
// 1,000 are ten ranges, and whichever thread is free takes the next one; so the grain is chosen
// such that a range costs far more than being handed out, and less than anybody would wait for the
// last one.

#include <cstddef>
#include <functional>

namespace copydesk {

// Calls body(begin, end, worker) for consecutive ranges of at most `grain` items that cover
// [0, count), on `threads` threads (1: on the calling thread alone; fewer if the system refuses to
// start them). `worker` is in [0, threads) and names the thread's own state. Which worker gets which
// range is not determined; callers that need reproducible results write them by range, not by
// worker. The first exception thrown by a body stops further ranges from starting and is rethrown
// here.
// REQUIRES: threads >= 1, grain >= 1.
void parallel_for(std::size_t threads, std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end, std::size_t worker)>& body);

}  // namespace copydesk
