// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/memory_budget.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
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

std::uint64_t summary_memory(const CorpusOptions& options) {
  constexpr std::uint64_t kLeast = std::uint64_t{256} << 20;
  return std::max(table_memory(options), kLeast);
}

std::uint64_t table_memory(const CorpusOptions& options) {
  constexpr std::uint64_t kDefault = std::uint64_t{1} << 30;
  return options.memory_bytes == 0 ? kDefault : options.memory_bytes;
}

namespace {

// "copies" is what FileCorpus keeps of decompressed text, see kCopyShareOfMemory there.
constexpr MemoryShare kNearDuplicates[] = {
    {"copies", 6, 0, 3},       {"keys", 8, 0, 1},       {"sketches", 8, 0, 1},
    {"join entries", 8, 1, 1}, {"join pairs", 2, 1, 1}, {"join sketches", 2, 1, 1},
    {"pairs", 4, 1, 2},        {"sets", 13, 2, 3},      {"leads", 6, 2, 2},
    {"signatures", 4, 2, 2},   {"mask", 10, 0, 3},
};
constexpr MemoryShare kSites[] = {{"copies", 6, 0, 1}, {"sites", 24, 0, 1}};
constexpr MemoryShare kCorpusBlocks[] = {
    {"copies", 6, 0, 2},
    {"sites", 12, 0, 2},
    {"paragraphs", 8, 0, 2},
    {"sentences", 8, 0, 2},
    {"span fingerprints", 8, 0, 0},
    {"span places", 4, 1, 1},
    {"spans", 10, 1, 2},
};
constexpr MemoryShare kNearBlocks[] = {
    {"copies", 6, 0, 3}, {"sites", 12, 0, 3},   {"passages", 5, 0, 2},     {"paragraphs", 5, 2, 3},
    {"keys", 7, 0, 1},   {"sketches", 7, 0, 1}, {"join entries", 6, 1, 1}, {"join pairs", 1, 1, 1},
    {"pairs", 4, 1, 2},  {"sets", 14, 2, 2},    {"signatures", 2, 2, 2},
};
constexpr MemoryShare kReuse[] = {
    {"copies", 6, 0, 5}, {"mask", 12, 0, 5},  {"fingerprints", 12, 0, 1},
    {"join", 12, 1, 1},  {"items", 12, 2, 2}, {"texts", 12, 3, 5},
    {"notes", 4, 3, 5},  {"seeds", 12, 3, 3}, {"judged", 12, 4, 5},
};
// A family is ranked while others are not complete yet; earlier versions take the place of these.
constexpr MemoryShare kSummaries[] = {
    {"copies", 6, 0, 1}, {"mask", 10, 0, 1}, {"texts", 16, 0, 1}, {"ranking", 16, 1, 1}};
constexpr MemoryShare kStories[] = {{"copies", 6, 0, 1}, {"mask", 12, 0, 1}};

}  // namespace

std::span<const MemoryShare> shares_of(MemoryPlan plan) {
  switch (plan) {
    case MemoryPlan::kNearDuplicates:
      return kNearDuplicates;
    case MemoryPlan::kSites:
      return kSites;
    case MemoryPlan::kCorpusBlocks:
      return kCorpusBlocks;
    case MemoryPlan::kNearBlocks:
      return kNearBlocks;
    case MemoryPlan::kReuse:
      return kReuse;
    case MemoryPlan::kSummaries:
      return kSummaries;
    case MemoryPlan::kStories:
      return kStories;
  }
  return {};
}

std::uint64_t memory_for(MemoryPlan plan, std::string_view part, std::uint64_t bytes) {
  for (const MemoryShare& share : shares_of(plan)) {
    if (share.part == part) return bytes / kWholeMemory * share.share;
  }
  assert(false && "no such part");
  return 0;
}

MemoryBudget divide_memory(std::uint64_t bytes, std::size_t threads) {
  if (bytes == 0) bytes = default_memory_bytes();
  const auto part = [&](std::string_view name) {
    return memory_for(MemoryPlan::kNearDuplicates, name, bytes);
  };
  MemoryBudget budget;
  budget.keys = part("keys");
  budget.sketches = part("sketches");
  budget.join_entries = part("join entries") / threads;
  budget.join_pairs = part("join pairs") / threads;
  // Besides a part of its own that of the sketches, which is free when they are in their file.
  budget.join_sketches = (part("join sketches") + budget.sketches) / threads;
  budget.pairs = part("pairs");
  budget.mask = part("mask");
  budget.sets = part("sets");
  budget.signatures = part("signatures");
  budget.leads = part("leads");
  return budget;
}

}  // namespace copydesk
