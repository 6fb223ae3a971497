#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The sketches of a whole corpus with one byte a slot: a quarter of the memory and of the traffic,
// and enough to rule a pair out before it is verified (Li and König, "b-Bit Minwise Hashing",
// 2010). Beyond a bound they move to an unnamed temporary file.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "copydesk/stream/large_buffer.h"
#include "copydesk/stream/temporary_file.h"

namespace copydesk {

class PackedSketches {
 public:
  // REQUIRES: slots >= 1. `folder` as for TemporaryFile.
  explicit PackedSketches(std::size_t slots, std::string folder = {},
                          std::size_t memory_bytes = std::numeric_limits<std::size_t>::max());

  // Appends the sketch of the next document. REQUIRES: slots.size() == this->slots().
  // Throws Error{kCannotWrite}.
  void append(std::span<const std::uint8_t> slots);

  [[nodiscard]] std::size_t slots() const { return slots_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool in_memory() const { return !spilled_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return file_.size(); }

  // REQUIRES: in_memory(), document < size(). Valid until the object is destroyed.
  [[nodiscard]] std::span<const std::uint8_t> row(std::size_t document) const {
    return {chunks_[document / kRowsPerChunk].data() + document % kRowsPerChunk * slots_, slots_};
  }

  // Fetches a row into the caches ahead of its use. REQUIRES: as row().
  void prefetch(std::size_t document) const {
    const std::uint8_t* const row = this->row(document).data();
    for (std::size_t byte = 0; byte < slots_; byte += 64) __builtin_prefetch(row + byte);
  }

  // Copies the sketches of [first, first + count), wherever they are, to `rows`.
  // REQUIRES: rows.size() == count * slots(). Throws Error{kCannotRead}. Safe to call from several
  // threads while nothing is appended.
  void read(std::size_t first, std::size_t count, std::span<std::uint8_t> rows) const;

 private:
  // Chunks rather than one vector, whose growth would hold two copies at its peak.
  // With the usual 128 slots one of them is a huge page.
  static constexpr std::size_t kRowsPerChunk = 16384;

  void open_chunk();

  std::size_t slots_;
  std::size_t memory_bytes_;
  std::size_t size_ = 0;
  std::size_t rows_in_file_ = 0;  // a multiple of kRowsPerChunk
  bool spilled_ = false;
  TemporaryFile file_;
  std::vector<LargeBuffer<std::uint8_t>> chunks_;  // of the rows behind those in the file
};

}  // namespace copydesk
