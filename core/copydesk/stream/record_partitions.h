#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Small fixed-size records in more memory than there is: they are dealt out to partitions, which go
// to an unnamed temporary file when together they outgrow the budget, and come back one partition
// at a time, each in the order in which its records were added.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "copydesk/stream/temporary_file.h"

namespace copydesk {

template <class Record>
class RecordPartitions {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  // At least `memory_bytes` / partitions is what taking one partition needs, more if it is larger.
  // `folder` is where the temporary file goes (empty: the system's choice). REQUIRES: partitions >
  // 0.
  RecordPartitions(std::string folder, std::size_t memory_bytes, std::size_t partitions)
      : most_records_(std::max<std::size_t>(memory_bytes / sizeof(Record), 1)),
        file_(std::move(folder)),
        partitions_(partitions) {}

  // REQUIRES: partition < count(). Not thread-safe. Throws Error{kCannotWrite}.
  void add(std::size_t partition, const Record& record) {
    std::vector<Record>& records = partitions_[partition].records;
    if (records.size() == records.capacity()) grow(records);
    records.push_back(record);
    ++size_;
  }

  // Replaces `records` by those of the partition and forgets them. Different partitions may be
  // taken by several threads at once; nothing may be added any more. Throws Error{kCannotRead}.
  void take(std::size_t partition, std::vector<Record>& records) {
    Partition& from = partitions_[partition];
    if (from.runs.empty()) {
      records = std::exchange(from.records, {});
      return;
    }
    read(partition, records);
    from = Partition();
  }

  // The same, but the partition keeps them.
  void read(std::size_t partition, std::vector<Record>& records) const {
    const Partition& from = partitions_[partition];
    std::size_t total = from.records.size();
    for (const Run& run : from.runs) total += run.count;
    records.resize(total);
    std::size_t place = 0;
    for (const Run& run : from.runs) {
      file_.read(run.offset, std::as_writable_bytes(std::span(records).subspan(place, run.count)));
      place += run.count;
    }
    std::copy(from.records.begin(), from.records.end(),
              records.begin() + static_cast<std::ptrdiff_t>(place));
  }

  [[nodiscard]] std::size_t count() const { return partitions_.size(); }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return file_.size(); }

 private:
  struct Run {
    std::uint64_t offset;
    std::size_t count;
  };
  struct Partition {
    std::vector<Record> records;
    std::vector<Run> runs;
  };
  static constexpr std::size_t kFirstCapacity = 16;

  // Makes room for more, in the file if not in memory. While a vector grows, old and new are there.
  void grow(std::vector<Record>& records) {
    const std::size_t capacity = std::max(kFirstCapacity, records.capacity() * 2);
    if (reserved_ + capacity <= most_records_ || records.capacity() == 0) {
      reserved_ += capacity - records.capacity();
      records.reserve(capacity);
      return;
    }
    for (Partition& partition : partitions_) {
      if (partition.records.empty()) continue;
      const std::uint64_t offset = file_.append(std::as_bytes(std::span(partition.records)));
      partition.runs.push_back({offset, partition.records.size()});
      partition.records.clear();
    }
  }

  std::size_t most_records_;
  std::size_t reserved_ = 0;
  std::uint64_t size_ = 0;
  TemporaryFile file_;
  std::vector<Partition> partitions_;
};

}  // namespace copydesk
