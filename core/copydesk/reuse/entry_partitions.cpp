// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/entry_partitions.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t kFirstCapacity = 64;

// Dealt out by the upper key first, evenly between its least and its greatest, so that what is left
// to sort are a few entries at a time: keys are hashes or numbers of documents. Half the time of
// sorting all at once.
void sort_entries(std::vector<JoinEntry>& entries) {
  constexpr std::size_t kFew = 1024;
  constexpr std::size_t kInBucket = 16;
  if (entries.size() < kFew) return std::sort(entries.begin(), entries.end());
  const auto [least, greatest] =
      std::minmax_element(entries.begin(), entries.end(), [](const auto& x, const auto& y) {
        return x.high < y.high;
      });
  const std::uint64_t low = least->high;
  const std::uint64_t range = greatest->high - low + 1;
  const std::uint64_t buckets = std::min<std::uint64_t>(entries.size() / kInBucket, range);
  const auto bucket_of = [&](const JoinEntry& entry) {
    return static_cast<std::size_t>((entry.high - low) * buckets / range);
  };
  std::vector<std::uint32_t> ends(buckets + 1);
  for (const JoinEntry& entry : entries) ++ends[bucket_of(entry) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<JoinEntry> dealt(entries.size());
  for (const JoinEntry& entry : entries) dealt[ends[bucket_of(entry)]++] = entry;
  std::size_t begin = 0;  // every bucket now ends where the next one began
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    std::sort(dealt.begin() + static_cast<std::ptrdiff_t>(begin),
              dealt.begin() + static_cast<std::ptrdiff_t>(ends[bucket]));
    begin = ends[bucket];
  }
  entries.swap(dealt);
}

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
  sort_entries(entries);
}

}  // namespace copydesk
