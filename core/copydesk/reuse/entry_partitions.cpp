// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/entry_partitions.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <span>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t kFirstCapacity = 64;

enum class Field { kHigh, kLow, kValue };

std::uint32_t field_of(const JoinEntry& entry, Field field) {
  return field == Field::kHigh ? entry.high : field == Field::kLow ? entry.low : entry.value;
}

void insert_sorted(std::span<JoinEntry> entries) {
  const auto key = [](const JoinEntry& entry) {
    return std::uint64_t{entry.high} << 32 | entry.low;
  };
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const JoinEntry entry = entries[i];
    const std::uint64_t its_key = key(entry);
    std::size_t place = i;
    for (; place > 0; --place) {
      const std::uint64_t before = key(entries[place - 1]);
      if (before < its_key || (before == its_key && entries[place - 1].value <= entry.value)) break;
      entries[place] = entries[place - 1];
    }
    entries[place] = entry;
  }
}

// Dealt out by one field, evenly between its least and its greatest, so that what is left to sort
// are a few entries at a time, and what is not few is dealt out again, by the next field where this
// one does not differ. Keys are hashes, or numbers of documents that recur. REQUIRES: `scratch` has
// the size of `entries`.
void deal_out(std::span<JoinEntry> entries, std::span<JoinEntry> scratch, Field field) {
  constexpr std::size_t kFew = 24;
  constexpr std::size_t kInBucket = 2;
  if (entries.size() <= kFew) return insert_sorted(entries);
  std::uint32_t low = ~std::uint32_t{0};
  std::uint32_t high = 0;
  for (const JoinEntry& entry : entries) {
    low = std::min(low, field_of(entry, field));
    high = std::max(high, field_of(entry, field));
  }
  if (low == high) {
    if (field == Field::kValue) return;  // they are all equal
    return deal_out(entries, scratch, field == Field::kHigh ? Field::kLow : Field::kValue);
  }
  const std::uint64_t range = std::uint64_t{high} - low + 1;
  const std::uint64_t buckets = std::min<std::uint64_t>(entries.size() / kInBucket, range);
  const auto bucket_of = [&](const JoinEntry& entry) {
    return static_cast<std::size_t>((field_of(entry, field) - low) * buckets / range);
  };
  std::vector<std::uint32_t> ends(buckets + 1);
  for (const JoinEntry& entry : entries) ++ends[bucket_of(entry) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  for (const JoinEntry& entry : entries) scratch[ends[bucket_of(entry)]++] = entry;
  std::copy(scratch.begin(), scratch.end(), entries.begin());
  std::size_t begin = 0;  // every bucket now ends where the next one began
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    const std::size_t size = ends[bucket] - begin;
    deal_out(entries.subspan(begin, size), scratch.subspan(begin, size), field);
    begin = ends[bucket];
  }
}

void sort_entries(std::vector<JoinEntry>& entries) {
  std::vector<JoinEntry> scratch(entries.size());
  deal_out(entries, scratch, Field::kHigh);
}

// Leaves out entries whose keys have one value only: most of a corpus, and they need not be sorted.
// A table has for each place the only value of the keys of this place, or that there are several.
void leave_out_single(std::vector<JoinEntry>& entries) {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  constexpr std::uint32_t kSeveral = kNone - 1;
  std::vector<std::uint32_t> only_value(std::bit_ceil(2 * entries.size() + 1), kNone);
  const auto place_of = [&](const JoinEntry& entry) -> std::uint32_t& {
    return only_value[entry.low & (only_value.size() - 1)];
  };
  for (const JoinEntry& entry : entries) {
    std::uint32_t& only = place_of(entry);
    only = only == kNone || only == entry.value ? entry.value : kSeveral;
  }
  std::erase_if(entries, [&](const JoinEntry& entry) { return place_of(entry) != kSeveral; });
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
  take(partition, entries);
  sort_entries(entries);
}

void EntryPartitions::take_shared(std::size_t partition, std::vector<JoinEntry>& entries) {
  take(partition, entries);
  leave_out_single(entries);
  sort_entries(entries);
}

void EntryPartitions::take(std::size_t partition, std::vector<JoinEntry>& entries) {
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
}

}  // namespace copydesk
