// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/spill_buffer.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace copydesk {

SpillBuffer::SpillBuffer(std::string folder, std::size_t memory_bytes)
    : memory_bytes_(memory_bytes), file_(std::move(folder)) {}

void SpillBuffer::append(std::span<const std::byte> bytes) {
  if (!spilled_ && size_ + bytes.size() > memory_bytes_) {
    spilled_ = true;
    spill();
  }
  while (!bytes.empty()) {
    const std::size_t used = (size_ - chunks_begin_) % kChunkBytes;
    if (used == 0) {
      if (spilled_) spill();
      if (chunks_.size() * kChunkBytes == size_ - chunks_begin_) {
        chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kChunkBytes));
      }
    }
    const std::size_t count = std::min(bytes.size(), kChunkBytes - used);
    std::memcpy(chunks_.back().get() + used, bytes.data(), count);
    size_ += count;
    bytes = bytes.subspan(count);
  }
}

// Writes all full chunks; a partly filled one stays as the first of those to come.
void SpillBuffer::spill() {
  const std::size_t full = (size_ - chunks_begin_) / kChunkBytes;
  for (std::size_t i = 0; i < full; ++i) {
    file_.append({chunks_[i].get(), kChunkBytes});
    chunks_begin_ += kChunkBytes;
    // One buffer is kept for what comes next.
    if (chunks_.size() > full || i + 1 < full) chunks_[i].reset();
  }
  if (full == 0) return;
  if (chunks_.size() > full) {
    chunks_.front() = std::move(chunks_.back());
  } else {
    chunks_.front() = std::move(chunks_[full - 1]);
  }
  chunks_.resize(1);
}

void SpillBuffer::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  assert(offset + bytes.size() <= size_);
  if (offset < chunks_begin_) {
    const std::size_t count = std::min<std::uint64_t>(bytes.size(), chunks_begin_ - offset);
    file_.read(offset, bytes.first(count));
    offset += count;
    bytes = bytes.subspan(count);
  }
  while (!bytes.empty()) {
    const std::uint64_t place = offset - chunks_begin_;
    const std::size_t begin = place % kChunkBytes;
    const std::size_t count = std::min(bytes.size(), kChunkBytes - begin);
    std::memcpy(bytes.data(), chunks_[place / kChunkBytes].get() + begin, count);
    offset += count;
    bytes = bytes.subspan(count);
  }
}

}  // namespace copydesk
