#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A three-step stage whose results come out in the order of its items, whatever the number of
// threads: items are produced one after the other (reading, decompressing), threads work on them,
// and results are consumed one after the other in production order. The number of items under way
// is bounded, and items and results are recycled, so memory does not grow with the input.

#include <chrono>
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

// Every thread takes every part; none is set aside for one of them, so that a thread only waits
// while there is nothing to work on and another one is producing.
//
// Where production is quick, whoever needs an item produces it and works on it at once, while it is
// in the cache of that core. Where it is slow (decompression) the others would wait for it. Then
// the thread that is at it goes on, which keeps the state of the decoder in one cache, until there
// is a stock that lasts the others while it works on an item itself.
template <class Item, class Result, class Produce, class MakeWorker, class Consume>
class OrderedStage {
 public:
  OrderedStage(std::size_t threads, Produce& produce, MakeWorker& make_worker, Consume& consume)
      : threads_(threads), produce_(produce), make_worker_(make_worker), consume_(consume) {
    // Enough for every thread to have one in hand and one waiting.
    for (std::size_t i = 0; i < 2 * threads + 2; ++i) idle_.push_back(std::make_unique<Job>());
  }

  void run() {
    {
      const auto body = [&](std::size_t index) { work(index); };
      Team team;
      team.start_each(threads_ - 1, body);
      body(0);
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Lock = std::unique_lock<std::mutex>;
  struct Job {
    std::size_t sequence = 0;
    Item item;
    Result result;
  };
  using JobPointer = std::unique_ptr<Job>;

  // A mean of durations in which later ones weigh more.
  class MeanTime {
   public:
    void add(Clock::duration time) { mean_ += (time - mean_) / 8; }
    [[nodiscard]] Clock::duration get() const { return mean_; }

   private:
    Clock::duration mean_{0};
  };

  void work(std::size_t index) {
    try {
      auto worker = make_worker_(index);
      Lock lock(mutex_);
      while (JobPointer job = next_job(index, lock)) {
        lock.unlock();
        const Clock::time_point begin = Clock::now();
        worker(job->item, job->result);
        const Clock::duration time = Clock::now() - begin;
        lock.lock();
        working_.add(time);
        hand_in(std::move(job), lock);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      finished_ = true;
      changed_.notify_all();
    }
  }

  // An item to work on, or null at the end of the stage.
  JobPointer next_job(std::size_t index, Lock& lock) {
    for (;;) {
      if (failure_) return nullptr;
      const std::size_t stock = wanted_stock();
      const std::size_t enough = index == producer_ && stock > 0 ? stock : 1;
      if (!producing_ && !finished_ && !idle_.empty() && ready_.size() < enough) {
        JobPointer job = produce_job(index, lock);
        if (job == nullptr) continue;
        // Something is ready now, or production is free to be taken up.
        changed_.notify_one();
        ready_.push_back(std::move(job));
        if (ready_.size() > stock) return oldest_ready();
      } else if (!ready_.empty()) {
        return oldest_ready();
      } else if (finished_) {
        return nullptr;
      } else {
        changed_.wait(lock);
      }
    }
  }

  JobPointer oldest_ready() {
    JobPointer job = std::move(ready_.front());
    ready_.pop_front();
    return job;
  }

  // Null if there was nothing more to produce.
  JobPointer produce_job(std::size_t index, Lock& lock) {
    producing_ = true;
    producer_ = index;
    JobPointer job = std::move(idle_.back());
    idle_.pop_back();
    job->sequence = produced_++;
    lock.unlock();
    const Clock::time_point begin = Clock::now();
    const bool more = produce_(job->item);
    const Clock::duration time = Clock::now() - begin;
    lock.lock();
    producing_ = false;
    production_.add(time);
    if (more) return job;
    finished_ = true;
    changed_.notify_all();
    return nullptr;
  }

  // How many items should be ready before the one who produces them turns to other work: some where
  // production would be under way for more than two thirds of the time.
  [[nodiscard]] std::size_t wanted_stock() const {
    const bool slow = 3 * threads_ * production_.get() > 2 * (production_.get() + working_.get());
    return slow ? threads_ + 1 : 0;
  }

  // Consumes whatever is next in order, unless another thread is at it already: that thread will
  // see this job when it looks again.
  void hand_in(JobPointer job, Lock& lock) {
    done_.emplace(job->sequence, std::move(job));
    if (consuming_) return;
    consuming_ = true;
    while (!failure_ && !done_.empty() && done_.begin()->first == consumed_) {
      JobPointer current = std::move(done_.begin()->second);
      done_.erase(done_.begin());
      lock.unlock();
      consume_(current->item, current->result);
      lock.lock();
      ++consumed_;
      idle_.push_back(std::move(current));
      changed_.notify_one();
    }
    consuming_ = false;
  }

  const std::size_t threads_;
  Produce& produce_;
  MakeWorker& make_worker_;
  Consume& consume_;

  std::mutex mutex_;  // of all that follows
  // Something is ready, production is free to be taken up, or the end is reached.
  std::condition_variable changed_;
  std::deque<JobPointer> ready_;
  std::vector<JobPointer> idle_;
  std::map<std::size_t, JobPointer> done_;  // waiting for earlier ones; bounded by the job count
  std::size_t produced_ = 0;
  std::size_t consumed_ = 0;
  std::size_t producer_ = 0;  // who was the last to produce
  MeanTime production_;
  MeanTime working_;
  bool producing_ = false;
  bool consuming_ = false;
  bool finished_ = false;  // nothing more will be produced
  std::exception_ptr failure_;
};

}  // namespace ordered_stage_internal

// Runs until produce(item) returns false.
//   bool produce(Item&)             called by one thread at a time, in order; items are handed to
//                                   workers in that order, too (Turns depend on it)
//   Worker make_worker(std::size_t) called once per thread, before it works; a Worker is called
//                                   as void(Item&, Result&)
//   void consume(Item&, Result&)    called by one thread at a time, in production order
// produce, consume and workers may run at the same time. With threads == 1 everything happens on
// the calling thread; threads that the system refuses are done without. The first exception from
// any step ends the stage and is rethrown; results after it are not consumed. Item and Result are
// default-constructible; their objects are reused without being cleared.
template <class Item, class Result, class Produce, class MakeWorker, class Consume>
void run_ordered_stage(std::size_t threads, Produce&& produce, MakeWorker&& make_worker,
                       Consume&& consume) {
  if (threads > 1) {
    ordered_stage_internal::OrderedStage<Item, Result, Produce, MakeWorker, Consume>(
        threads, produce, make_worker, consume)
        .run();
    return;
  }
  auto worker = make_worker(std::size_t{0});
  Item item;
  Result result;
  while (produce(item)) {
    worker(item, result);
    consume(item, result);
  }
}

}  // namespace copydesk
