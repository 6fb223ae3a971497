// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/memory_budget.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace copydesk {

namespace {

// The limit of a control group of version 2 or 1, of this process or any above it.
std::uint64_t control_group_bytes() {
  std::uint64_t least = ~std::uint64_t{0};
  const auto consider = [&](const std::string& path) {
    std::ifstream file(path);
    std::uint64_t bytes = 0;
    if (file >> bytes) least = std::min(least, bytes);  // "max" is no number
  };
  std::ifstream groups("/proc/self/cgroup");
  std::string line;
  while (std::getline(groups, line)) {
    // hierarchy:controllers:path
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    std::string path = line.substr(second + 1);
    for (;;) {
      if (controllers.empty()) consider("/sys/fs/cgroup" + path + "/memory.max");
      if (controllers == "memory") {
        consider("/sys/fs/cgroup/memory" + path + "/memory.limit_in_bytes");
      }
      const std::size_t slash = path.rfind('/');
      if (slash == std::string::npos || path.size() <= 1) break;
      path.resize(slash);
    }
  }
  return least;
}

}  // namespace

std::uint64_t default_memory_bytes() {
  std::uint64_t bytes = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                        static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  bytes = std::min(bytes, control_group_bytes());
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
    bytes = std::min<std::uint64_t>(bytes, limit.rlim_cur);
  }
  return bytes / 4 * 3;
}

std::uint64_t table_memory(const CorpusOptions& options) {
  constexpr std::uint64_t kDefault = std::uint64_t{1} << 30;
  return options.memory_bytes == 0 ? kDefault : options.memory_bytes;
}

MemoryBudget divide_memory(std::uint64_t bytes, std::size_t threads) {
  if (bytes == 0) bytes = default_memory_bytes();
  MemoryBudget budget;
  budget.keys = bytes / 6;
  budget.sketches = bytes / 6;
  budget.join_entries = bytes / 6 / threads;
  budget.join_pairs = bytes / 24 / threads;
  // Besides a share of its own that of the sketches, which is free when they are in their file.
  budget.join_sketches = bytes / 24 / threads + budget.sketches / threads;
  budget.pairs = bytes / 12;
  budget.sets = bytes / 3;
  return budget;
}

}  // namespace copydesk
