// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/packed_sketches.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace copydesk {

PackedSketches::PackedSketches(std::size_t slots, std::string folder, std::size_t memory_bytes)
    : slots_(slots), memory_bytes_(memory_bytes), file_(std::move(folder)) {}

void PackedSketches::append(std::span<const std::uint8_t> slots) {
  assert(slots.size() == slots_);
  if (size_ % kRowsPerChunk == 0) open_chunk();
  std::copy(slots.begin(), slots.end(), chunks_.back().data() + size_ % kRowsPerChunk * slots_);
  ++size_;
}

void PackedSketches::open_chunk() {
  const std::size_t bytes = kRowsPerChunk * slots_;
  spilled_ = spilled_ || (!chunks_.empty() && (chunks_.size() + 1) * bytes > memory_bytes_);
  if (spilled_) {
    for (const auto& chunk : chunks_) {
      file_.append(std::as_bytes(chunk.values()));
      rows_in_file_ += kRowsPerChunk;
    }
    chunks_.clear();
  }
  chunks_.emplace_back(bytes);
}

void PackedSketches::read(std::size_t first, std::size_t count,
                          std::span<std::uint8_t> rows) const {
  assert(first + count <= size_ && rows.size() == count * slots_);
  if (first < rows_in_file_) {
    const std::size_t stored = std::min(count, rows_in_file_ - first);
    file_.read(first * slots_, std::as_writable_bytes(rows.first(stored * slots_)));
    first += stored;
    count -= stored;
    rows = rows.subspan(stored * slots_);
  }
  for (; count > 0; ++first, --count, rows = rows.subspan(slots_)) {
    const std::size_t place = first - rows_in_file_;
    const std::uint8_t* const row =
        chunks_[place / kRowsPerChunk].data() + place % kRowsPerChunk * slots_;
    std::copy(row, row + slots_, rows.begin());
  }
}

}  // namespace copydesk
