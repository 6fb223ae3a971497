#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The bytes of batches that could only be had again by decompressing, kept for later passes.
// Batches with an owner stay in its memory up to a bound; beyond it, and for batches without one,
// all of them move to an unnamed temporary file; beyond another bound, or where the file cannot
// grow, all are given up, and each pass decompresses again. With bounds of 100 MB and 1 GB, 80 MB
// of batches with owners never touch the disk, 500 MB are in the file, and of 2 GB nothing is kept.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/read/record_batch.h"
#include "copydesk/stream/temporary_file.h"

namespace copydesk {

class BatchCopies {
 public:
  // `folder` as for TemporaryFile.
  BatchCopies(std::string folder, std::uint64_t memory_bytes, std::uint64_t most_bytes);

  // Keeps the bytes of a batch, unless all are given up. Batches come in any order; safe to call
  // from several threads.
  void keep(const RecordBatch& batch);

  // The following are safe to call from several threads while nothing more is kept.
  [[nodiscard]] bool has(std::size_t batch) const;
  [[nodiscard]] bool is_in_memory(std::size_t batch) const;
  // Lets `target` have the bytes of a batch. REQUIRES: is_in_memory(batch).
  void share(std::size_t batch, RecordBatch& target) const;
  // Fills `bytes` from `offset` of the batch. REQUIRES: has(batch), and it is long enough. Throws
  // Error{kCannotRead}.
  void read(std::size_t batch, std::uint64_t offset, std::span<char> bytes) const;

  [[nodiscard]] const std::string& folder() const { return file_.folder(); }
  [[nodiscard]] std::uint64_t memory_bytes() const { return memory_bytes_; }

 private:
  enum class Where { kNowhere, kMemory, kFile };
  struct Place {
    Where where = Where::kNowhere;
    std::shared_ptr<const void> owner;  // null for a batch that is empty
    std::string_view bytes;             // in memory
    std::uint64_t offset = 0;           // in the file
  };

  void put_into_file(std::string_view bytes, Place& place);
  void move_to_file();
  void give_up();

  std::mutex mutex_;  // of those who keep
  std::uint64_t memory_bytes_;
  std::uint64_t most_bytes_;
  std::uint64_t size_ = 0;
  std::deque<Place> places_;  // by batch
  bool in_file_ = false;
  TemporaryFile file_;
};

}  // namespace copydesk
