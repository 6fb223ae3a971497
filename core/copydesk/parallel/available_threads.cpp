// SPDX-License-Identifier: Apache-2.0
#include "copydesk/parallel/available_threads.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace copydesk {

namespace {

// The processors a control group of version 2 allows, rounded up; 0 where it does not say.
std::size_t control_group_processors() {
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  double quota = 0.0;
  double period = 0.0;
  if (!(file >> quota >> period) || period <= 0.0) return 0;
  return static_cast<std::size_t>(std::ceil(quota / period));
}

}  // namespace

std::size_t available_threads() {
  cpu_set_t set;
  std::size_t count = 1;
  if (::sched_getaffinity(0, sizeof set, &set) == 0) {
    count = static_cast<std::size_t>(CPU_COUNT(&set));
  }
  const std::size_t allowed = control_group_processors();
  return std::max<std::size_t>(1, allowed == 0 ? count : std::min(count, allowed));
}

}  // namespace copydesk
