// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/entry_partitions.h"

#include <algorithm>
#include <span>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t kFirstCapacity = 64;

}  // namespace

EntryPartitions::EntryPartitions(std::string folder, std::size_t memory_bytes)
    : memory_bytes_(memory_bytes), file_(std::move(folder)) {}

// When the budget is used up, everything goes to the file at once, so that each run is a fair share
// of the budget and reading a partition back costs few reads. The buffers keep their capacity: the
// budget is reached once, and from then on each round fills what is already there.
void EntryPartitions::grow(std::vector<JoinEntry>& entries) {
  const std::size_t capacity = std::max(kFirstCapacity, entries.capacity() * 2);
  const std::size_t more = (capacity - entries.capacity()) * sizeof(JoinEntry);
  if (entries.capacity() == 0 || reserved_bytes_ + more <= memory_bytes_) {
    reserved_bytes_ += more;
    entries.reserve(capacity);
    return;
  }
  for (Partition& partition : partitions_) {
    if (partition.entries.empty()) continue;
    const std::uint64_t offset = file_.append(std::as_bytes(std::span(partition.entries)));
    partition.runs.push_back({offset, partition.entries.size()});
    partition.entries.clear();
  }
}

void EntryPartitions::take_sorted(std::size_t partition, std::vector<JoinEntry>& entries) {
  Partition& from = partitions_[partition];
  entries.swap(from.entries);
  std::vector<JoinEntry>().swap(from.entries);
  std::size_t place = entries.size();
  std::size_t total = place;
  for (const Run& run : from.runs) total += run.count;
  entries.resize(total);
  for (const Run& run : from.runs) {
    file_.read(run.offset, std::as_writable_bytes(std::span(entries).subspan(place, run.count)));
    place += run.count;
  }
  from.runs.clear();
  std::sort(entries.begin(), entries.end());
}

}  // namespace copydesk
