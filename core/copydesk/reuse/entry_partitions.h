#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a join sorts, in more memory than there is: entries are dealt out to partitions, which go to
// an unnamed temporary file when they outgrow the budget, and come back one at a time, sorted.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/stream/temporary_file.h"

namespace copydesk {

// Two keys and a value; what they mean is up to the join.
struct JoinEntry {
  std::uint32_t high = 0;
  std::uint32_t low = 0;
  std::uint32_t value = 0;
  friend auto operator<=>(const JoinEntry&, const JoinEntry&) = default;
};

class EntryPartitions {
 public:
  static constexpr std::size_t kCount = 256;

  // `folder` is where the temporary file goes (empty: the system's choice).
  EntryPartitions(std::string folder, std::size_t memory_bytes);

  // REQUIRES: partition < kCount. Not thread-safe. Throws Error{kCannotWrite}.
  void add(std::size_t partition, const JoinEntry& entry) {
    std::vector<JoinEntry>& entries = partitions_[partition].entries;
    if (entries.size() == entries.capacity()) grow(entries);
    entries.push_back(entry);
    ++size_;
  }

  // Replaces `entries` by all of the partition, ascending, and forgets them. Different partitions
  // may be taken by several threads at once; nothing may be added any more. Throws
  // Error{kCannotRead}.
  void take_sorted(std::size_t partition, std::vector<JoinEntry>& entries);
  // The same without entries of which no other has the same keys and another value; of these some
  // may be left. REQUIRES: values are below 2^32 - 2.
  void take_shared(std::size_t partition, std::vector<JoinEntry>& entries);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return file_.size(); }

 private:
  void take(std::size_t partition, std::vector<JoinEntry>& entries);

  struct Run {
    std::uint64_t offset;
    std::size_t count;
  };
  struct Partition {
    std::vector<JoinEntry> entries;
    std::vector<Run> runs;
  };

  // Makes room for more, in the file if not in memory.
  void grow(std::vector<JoinEntry>& entries);

  std::size_t memory_bytes_;
  std::size_t reserved_bytes_ = 0;
  std::uint64_t size_ = 0;
  TemporaryFile file_;
  std::array<Partition, kCount> partitions_;
};

}  // namespace copydesk
