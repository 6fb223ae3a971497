#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Paragraphs or sentences that occur more than once in a corpus, counted by their keys in more
// memory than there is.

#include <cstddef>
#include <cstdint>
#include <string>

#include "copydesk/blocks/document_records.h"
#include "copydesk/stop.h"
#include "copydesk/stream/record_partitions.h"

namespace copydesk {

// A surplus copy of a passage.
struct PassageCopy {
  std::uint64_t key = 0;
  std::uint32_t document = 0;
  std::uint32_t begin = 0, end = 0;  // byte offsets in its text
  std::uint32_t count = 0;           // copies in the corpus
  std::uint32_t first_document = 0;  // of the first copy
  std::uint32_t first_begin = 0;
  friend bool operator<(const PassageCopy& x, const PassageCopy& y) {
    return x.document != y.document ? x.document < y.document : x.begin < y.begin;
  }
};

class RepeatedPassages {
 public:
  // `folder` is where temporary files go (empty: the system's choice).
  RepeatedPassages(const std::string& folder, std::size_t memory_bytes);

  // Not thread-safe. REQUIRES: passages come in input order. Throws Error{kCannotWrite}.
  // `site` tells sites apart, as far as 32 bits can.
  void add(std::uint64_t key, std::uint32_t document, std::uint32_t begin, std::uint32_t end,
           std::uint32_t site) {
    entries_.add(key % kPartitions, {key, document, begin, end, site});
  }

  // Finds those that occur at least `least_count` times, and on at least `least_sites` sites; all
  // copies but the first `keep` are surplus, and given back: by document, ascending and disjoint.
  // To be called once, after the last add(). REQUIRES: `documents` is above the number of every
  // document added; least_count >= 2. Throws Error{kCannotRead}, Error{kCannotWrite}, Cancelled.
  [[nodiscard]] DocumentRecords<PassageCopy> find_copies(std::uint64_t documents,
                                                         std::size_t least_count,
                                                         std::size_t least_sites, std::size_t keep,
                                                         StopFlag stop = {});

  // Of what was added; the copies have a file of their own.
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return entries_.bytes_on_disk(); }
  [[nodiscard]] std::uint64_t passages() const { return entries_.size(); }
  [[nodiscard]] std::uint64_t repeated() const { return repeated_; }  // passages, first copies too
  [[nodiscard]] std::uint64_t distinct_repeated() const { return distinct_; }

 private:
  static constexpr std::size_t kPartitions = 256;
  struct Entry {
    std::uint64_t key;
    std::uint32_t document, begin, end, site;
  };

  std::string folder_;
  std::size_t memory_bytes_;
  RecordPartitions<Entry> entries_;
  std::uint64_t repeated_ = 0, distinct_ = 0;
};

}  // namespace copydesk
