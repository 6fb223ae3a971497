#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How long the last requests took.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <vector>

namespace copydesk::tools {

// Thread-safe.
class Latencies {
 public:
  static constexpr std::size_t kMost = 4096;

  void add(std::chrono::steady_clock::duration time) {
    const std::lock_guard lock(mutex_);
    times_[next_++ % kMost] = std::chrono::duration<double, std::milli>(time).count();
  }

  // Milliseconds below which a share of them stayed, such as 0.5 and 0.99; 0 where there are none.
  [[nodiscard]] double quantile(double share) const {
    std::vector<double> times;
    {
      const std::lock_guard lock(mutex_);
      times.assign(times_.begin(),
                   times_.begin() + static_cast<std::ptrdiff_t>(std::min(next_, kMost)));
    }
    if (times.empty()) return 0.0;
    const auto at = times.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(times.size() - 1));
    std::nth_element(times.begin(), at, times.end());
    return *at;
  }

 private:
  mutable std::mutex mutex_;
  std::array<double, kMost> times_{};
  std::size_t next_ = 0;
};

}  // namespace copydesk::tools
