#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What several threads must do in the order of their items, in the middle of work that they do at
// the same time. Items 0, 1, 2 ... are handed to threads in that order; whoever comes early waits.
//
//   run_ordered_stage<Item, Result>(threads, produce, [&](std::size_t) {
//     return [&](Item& item, Result&) {
//       convert(item);
//       turns.take(item.number, [&] { item.first_line = lines; lines += item.lines; });
//     };
//   }, consume);

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>

namespace copydesk {

// Thread-safe.
class Turns {
 public:
  // Calls `action` when all items before `item` have had their turn. Throws what fail() was told.
  // REQUIRES: each item takes its turn once, and is handed to a thread after those before it.
  template <class Action>
  void take(std::uint64_t item, Action&& action) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failure_ || next_ == item; });
    if (failure_) std::rethrow_exception(failure_);
    action();
    ++next_;
    changed_.notify_all();
  }

  // An item will never take its turn: nobody waits for it.
  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ = 0;
  std::exception_ptr failure_;
};

}  // namespace copydesk
