#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Records that were found in any order, handed out document by document, in more memory than there
// is.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/stream/record_partitions.h"

namespace copydesk {

// Record has a member `document` and an order (<) that begins with it.
template <class Record>
class DocumentRecords {
 public:
  // `folder` is where the temporary file goes (empty: the system's choice).
  DocumentRecords(std::string folder, std::size_t memory_bytes, std::uint64_t documents)
      : documents_(std::max<std::uint64_t>(documents, 1)),
        records_(std::move(folder), memory_bytes, kPartitions) {}

  // REQUIRES: record.document is one of the documents; nothing was taken yet.
  // Throws Error{kCannotWrite}.
  void add(const Record& record) {
    records_.add(static_cast<std::size_t>(record.document * kPartitions / documents_), record);
  }

  // Appends those of the document to `out`, in their order. REQUIRES: documents are asked for in
  // ascending order. Throws Error{kCannotRead}.
  void take(std::uint32_t document, std::vector<Record>& out) {
    while (next_ == current_.size()) {
      if (partition_ == kPartitions || partition_ > document * kPartitions / documents_) return;
      records_.take(partition_++, current_);
      std::sort(current_.begin(), current_.end());
      next_ = 0;
    }
    while (next_ < current_.size() && current_[next_].document < document) ++next_;
    std::size_t end = next_;
    while (end < current_.size() && current_[end].document == document) ++end;
    if (end < current_.size()) {
      const auto begin = current_.begin();
      out.insert(out.end(), begin + static_cast<std::ptrdiff_t>(next_),
                 begin + static_cast<std::ptrdiff_t>(end));
      next_ = end;
      return;
    }
    // Those of one long document are a partition of their own, and are not held twice.
    if (out.empty() && next_ == 0) {
      out.swap(current_);
    } else {
      out.insert(out.end(), current_.begin() + static_cast<std::ptrdiff_t>(next_), current_.end());
    }
    current_ = {};
    next_ = 0;
  }

  // Calls visit(std::span<const Record>) with all records, in parts of no particular order, and
  // keeps them. REQUIRES: nothing was taken yet. Throws Error{kCannotRead}, and what visit throws.
  template <class Visit>
  void for_each_part(Visit&& visit) const {
    std::vector<Record> part;
    for (std::size_t partition = 0; partition < kPartitions; ++partition) {
      records_.read(partition, part);
      visit(std::span<const Record>(part));
    }
  }

  [[nodiscard]] std::uint64_t size() const { return records_.size(); }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return records_.bytes_on_disk(); }

 private:
  static constexpr std::uint64_t kPartitions = 128;

  std::uint64_t documents_;
  RecordPartitions<Record> records_;
  std::vector<Record> current_;
  std::size_t next_ = 0;
  std::uint64_t partition_ = 0;  // to be taken next
};

}  // namespace copydesk
