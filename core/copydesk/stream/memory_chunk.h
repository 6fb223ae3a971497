#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <memory>
#include <new>

namespace copydesk {

// Memory for bytes that are written once and stay, uninitialized. Pieces of two megabytes and more
// ask for huge pages: filling memory page by page costs several times as much in page faults as in
// copying.
class MemoryChunk {
 public:
  MemoryChunk() = default;
  // Throws std::bad_alloc.
  explicit MemoryChunk(std::size_t bytes);

  [[nodiscard]] std::byte* data() { return bytes_.get(); }
  [[nodiscard]] const std::byte* data() const { return bytes_.get(); }
  explicit operator bool() const { return bytes_ != nullptr; }
  void reset() { bytes_.reset(); }

 private:
  static constexpr std::size_t kHugePage = std::size_t{1} << 21;
  static constexpr std::size_t kCacheLine = 64;

  // The alignment is part of the type of the allocation.
  struct Release {
    std::align_val_t alignment;
    Release() : alignment{kCacheLine} {}
    explicit Release(std::size_t bytes) : alignment{bytes >= kHugePage ? kHugePage : kCacheLine} {}
    void operator()(std::byte* bytes) const { ::operator delete(bytes, alignment); }
  };
  std::unique_ptr<std::byte, Release> bytes_;
};

}  // namespace copydesk
