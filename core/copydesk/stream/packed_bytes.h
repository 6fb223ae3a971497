#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Plain values to bytes and back, little-endian and without gaps, for the files that one run of the
// program leaves for another. The 32-bit number 1 is the bytes 01 00 00 00.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace copydesk {

class PackedBytes {
 public:
  template <class Value>
  requires std::is_arithmetic_v<Value>
  void put(Value value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  // The number of values, then the values. Of structs, only those without padding.
  template <class Value>
  requires std::has_unique_object_representations_v<Value> || std::is_floating_point_v<Value>
  void put_all(std::span<const Value> values) {
    put(static_cast<std::uint64_t>(values.size()));
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  }
  void put_text(std::string_view text) { put_all<char>(text); }

  [[nodiscard]] std::string_view view() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

// Reads what PackedBytes wrote. Every function throws Error{kCorruptFile} instead of reading past
// the end.
class PackedReader {
 public:
  // Reads from `bytes`, which must outlive the reader; `name` is for messages.
  PackedReader(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {}

  template <class Value>
  requires std::is_arithmetic_v<Value> Value get() {
    Value value;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }
  // A number of things that take at least `least_bytes` each.
  std::size_t get_count(std::size_t least_bytes);

  template <class Value>
  void get_all(std::vector<Value>& values) {
    values.resize(get_count(sizeof(Value)));
    const std::size_t bytes = values.size() * sizeof(Value);
    if (bytes > 0) std::memcpy(values.data(), take(bytes), bytes);
  }
  std::string get_text();

  [[nodiscard]] bool at_end() const { return bytes_.empty(); }
  [[noreturn]] void fail() const;

 private:
  const char* take(std::size_t bytes);

  std::string_view bytes_;
  std::string name_;
};

}  // namespace copydesk
