#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A three-step stage whose results come out in the order of its items, whatever the number of
// threads: one thread produces items (reading, decompressing), several work on them, and results are
// consumed one after the other in production order. The number of items under way is bounded, and
// items and results are recycled, so memory does not grow with the input.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "copydesk/parallel/team.h"

namespace copydesk {

namespace ordered_stage_internal {

template <class Item, class Result>
struct Job {
  std::size_t sequence = 0;
  Item item;
  Result result;
};

}  // namespace ordered_stage_internal

// Runs until produce(item) returns false.
//   bool produce(Item&)             called from one thread, in order
//   Worker make_worker(std::size_t) called once per thread, before any work; a Worker is callable
//                                   as void(Item&, Result&)
//   void consume(Item&, Result&)    called by one thread at a time, in production order
// With threads == 1 everything happens on the calling thread. Otherwise production has a thread of
// its own besides `threads` workers; threads that the system refuses are done without. The first
// exception from any step ends the stage and is rethrown; results after it are not consumed.
// Item and Result are default-constructible; their objects are reused without being cleared.
template <class Item, class Result, class Produce, class MakeWorker, class Consume>
void run_ordered_stage(std::size_t threads, Produce&& produce, MakeWorker&& make_worker,
                       Consume&& consume) {
  const auto run_alone = [&] {
    auto worker = make_worker(std::size_t{0});
    Item item;
    Result result;
    while (produce(item)) {
      worker(item, result);
      consume(item, result);
    }
  };
  if (threads <= 1) return run_alone();

  using Job = ordered_stage_internal::Job<Item, Result>;
  using JobPointer = std::unique_ptr<Job>;
  std::mutex mutex;
  std::condition_variable ready_changed;  // a job is ready to be worked on, or the end is reached
  std::condition_variable idle_changed;   // an idle job is free to be filled
  std::deque<JobPointer> ready;
  std::vector<JobPointer> idle;
  std::map<std::size_t, JobPointer> done;  // waiting for earlier ones; bounded by the job count
  std::size_t next_to_consume = 0;
  bool consuming = false;
  bool finished = false;  // nothing more will become ready
  std::exception_ptr failure;

  // Enough for every worker to have one in hand and one waiting.
  for (std::size_t i = 0; i < 2 * threads + 2; ++i) idle.push_back(std::make_unique<Job>());

  const auto fail = [&] {
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::current_exception();
    finished = true;
    ready_changed.notify_all();
    idle_changed.notify_all();
  };

  const auto produce_all = [&] {
    try {
      for (std::size_t sequence = 0;; ++sequence) {
        JobPointer job;
        {
          std::unique_lock lock(mutex);
          idle_changed.wait(lock, [&] { return finished || !idle.empty(); });
          if (finished) return;
          job = std::move(idle.back());
          idle.pop_back();
        }
        job->sequence = sequence;
        const bool more = produce(job->item);
        const std::lock_guard lock(mutex);
        if (!more) {
          finished = true;
          ready_changed.notify_all();
          return;
        }
        ready.push_back(std::move(job));
        ready_changed.notify_one();
      }
    } catch (...) {
      fail();
    }
  };

  // Consumes whatever is next in order, unless another thread is at it already: that thread will
  // see this job when it looks again.
  const auto hand_in = [&](JobPointer job) {
    std::unique_lock lock(mutex);
    done.emplace(job->sequence, std::move(job));
    if (consuming) return;
    consuming = true;
    while (!failure && !done.empty() && done.begin()->first == next_to_consume) {
      JobPointer current = std::move(done.begin()->second);
      done.erase(done.begin());
      lock.unlock();
      consume(current->item, current->result);
      lock.lock();
      ++next_to_consume;
      idle.push_back(std::move(current));
      idle_changed.notify_one();
    }
    consuming = false;
  };

  const auto work = [&](std::size_t index) {
    try {
      auto worker = make_worker(index);
      for (;;) {
        JobPointer job;
        {
          std::unique_lock lock(mutex);
          ready_changed.wait(lock, [&] { return finished || !ready.empty(); });
          if (failure || ready.empty()) return;
          job = std::move(ready.front());
          ready.pop_front();
        }
        worker(job->item, job->result);
        hand_in(std::move(job));
      }
    } catch (...) {
      fail();
    }
  };

  {
    Team team;
    if (!team.start(produce_all)) return run_alone();
    team.start_each(threads - 1, work);
    work(0);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace copydesk
