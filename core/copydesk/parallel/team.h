#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Threads that work beside the calling one. Where the system refuses more of them (a limit on
// processes or memory), the team is smaller: results never depend on the number of threads, so a
// slower run is better than none.

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace copydesk {

class Team {
 public:
  Team() = default;
  // Waits until every member has returned.
  ~Team() = default;
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  // Starts a thread that calls `body`, which must not throw. False if none can be started.
  bool start(std::function<void()> body);

  // Starts threads for body(1), body(2), ... body(count) until one cannot be started.
  // REQUIRES: `body` outlives the team.
  template <class Body>
  void start_each(std::size_t count, const Body& body) {
    for (std::size_t member = 1; member <= count; ++member) {
      if (!start([&body, member] { body(member); })) return;
    }
  }

 private:
  std::vector<std::jthread> threads_;
};

}  // namespace copydesk
