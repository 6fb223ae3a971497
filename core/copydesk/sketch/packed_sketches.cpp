#include "copydesk/sketch/packed_sketches.h"

#include <algorithm>
#include <cassert>

namespace copydesk {

void PackedSketches::append(std::span<const std::uint8_t> slots) {
  assert(slots.size() == slots_);
  if (size_ % kRowsPerChunk == 0) {
    chunks_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(kRowsPerChunk * slots_));
  }
  std::copy(slots.begin(), slots.end(), chunks_.back().get() + size_ % kRowsPerChunk * slots_);
  ++size_;
}

}  // namespace copydesk
