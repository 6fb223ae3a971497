#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A SpillBuffer of values of one plain type: a list that may outgrow the memory it was given. Of
// 150,000 values, for_each_part(65'536, take) hands over 65,536, 65,536 and 18,928.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "copydesk/stream/spill_buffer.h"

namespace copydesk {

template <class Value>
class SpillList {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  SpillList(std::string folder, std::size_t memory_bytes)
      : buffer_(std::move(folder), memory_bytes) {}

  void append(std::span<const Value> values) { buffer_.append(std::as_bytes(values)); }

  // REQUIRES: first + values.size() <= size().
  void read(std::uint64_t first, std::span<Value> values) const {
    buffer_.read(first * sizeof(Value), std::as_writable_bytes(values));
  }

  // Calls take(span of values) for consecutive parts of at most `part` values.
  template <class Take>
  void for_each_part(std::size_t part, Take&& take) const {
    std::vector<Value> values(std::min<std::uint64_t>(part, size()));
    for (std::uint64_t first = 0; first < size(); first += part) {
      const std::span<Value> chosen =
          std::span(values).first(std::min<std::uint64_t>(part, size() - first));
      read(first, chosen);
      take(std::span<const Value>(chosen));
    }
  }

  [[nodiscard]] std::uint64_t size() const { return buffer_.size() / sizeof(Value); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return buffer_.bytes_on_disk(); }

 private:
  SpillBuffer buffer_;
};

}  // namespace copydesk
