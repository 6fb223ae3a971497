#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The sketches of a whole corpus with one byte a slot: a quarter of the memory and of the traffic,
// and enough to rule a pair out before it is verified (Li and König, "b-Bit Minwise Hashing", 2010).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace copydesk {

class PackedSketches {
 public:
  // REQUIRES: slots >= 1.
  explicit PackedSketches(std::size_t slots) : slots_(slots) {}

  // Appends the sketch of the next document. REQUIRES: slots.size() == this->slots().
  void append(std::span<const std::uint8_t> slots);

  [[nodiscard]] std::size_t slots() const { return slots_; }
  [[nodiscard]] std::size_t size() const { return size_; }

  // REQUIRES: document < size(). Valid until the object is destroyed.
  [[nodiscard]] std::span<const std::uint8_t> row(std::size_t document) const {
    return {chunks_[document / kRowsPerChunk].get() + document % kRowsPerChunk * slots_, slots_};
  }

 private:
  // Chunks rather than one vector, whose growth would hold two copies at its peak.
  static constexpr std::size_t kRowsPerChunk = 8192;

  std::size_t slots_;
  std::size_t size_ = 0;
  std::vector<std::unique_ptr<std::uint8_t[]>> chunks_;
};

}  // namespace copydesk
