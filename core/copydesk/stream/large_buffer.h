#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Memory that is reached at random, in huge pages where the system has them: with pages of 4 KiB
// most accesses to a gigabyte also miss the table of pages. 16 MiB are eight pages of 2 MiB instead
// of 4,096. Values are not initialized.

#include <sys/mman.h>

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace copydesk {

template <class Value>
class LargeBuffer {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  LargeBuffer() = default;
  explicit LargeBuffer(std::size_t count)
      : memory_(static_cast<Value*>(::operator new(count * sizeof(Value), kAlignment))),
        count_(count) {
    // Whole pages only, so that no more memory is used than was asked for. It is a wish: where it
    // is refused, pages are small.
    const std::size_t bytes = count * sizeof(Value) / kPage * kPage;
    if (bytes > 0) static_cast<void>(::madvise(memory_.get(), bytes, MADV_HUGEPAGE));
  }

  [[nodiscard]] Value* data() const { return memory_.get(); }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] std::span<Value> values() const { return {memory_.get(), count_}; }

 private:
  static constexpr std::size_t kPage = std::size_t{2} << 20;
  static constexpr std::align_val_t kAlignment{kPage};
  struct Release {
    void operator()(Value* memory) const { ::operator delete(memory, kAlignment); }
  };

  std::unique_ptr<Value, Release> memory_;
  std::size_t count_ = 0;
};

}  // namespace copydesk
