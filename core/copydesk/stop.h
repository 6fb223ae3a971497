#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How long work learns that it is no longer wanted: whoever loops over what may be large asks the
// flag every some thousand steps, so that a run ends within a second or two of being told to.
//
//   for (std::size_t i = 0; i < rows; ++i) {
//     if (i % 1024 == 0) stop.check();  // throws Cancelled once the caller has set the flag
//     ...
//   }

#include <atomic>

namespace copydesk {

// A view of a flag that another thread, or a signal handler, may set; by default of none, which
// never stops anything. The flag must outlive it. Safe to ask from any thread.
class StopFlag {
 public:
  StopFlag() = default;
  explicit StopFlag(const std::atomic<bool>* flag) : flag_(flag) {}

  [[nodiscard]] bool is_set() const {
    return flag_ != nullptr && flag_->load(std::memory_order_relaxed);
  }
  // Throws Cancelled (run/run_control.h) if it is set.
  void check() const {
    if (is_set()) cancel();
  }

 private:
  [[noreturn]] static void cancel();

  const std::atomic<bool>* flag_ = nullptr;
};

}  // namespace copydesk
