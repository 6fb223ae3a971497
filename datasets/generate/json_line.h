#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Writes one JSON object per line, field by field, into a buffer that is reused.

#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk::datasets {

// `text` as the inside of a JSON string: quotes, backslashes and control characters escaped, UTF-8
// left as it is.
void append_escaped(std::string& line, std::string_view text);

class JsonLine {
 public:
  explicit JsonLine(std::string& buffer) : buffer_(buffer), start_(buffer.size()) {}

  JsonLine& add(std::string_view name, std::string_view value);
  JsonLine& add(std::string_view name, std::uint64_t value);
  JsonLine& add_ratio(std::string_view name, double value);  // four decimals
  JsonLine& add_null(std::string_view name);
  JsonLine& add_raw(std::string_view name, std::string_view json);
  void finish() { buffer_ += "}\n"; }

 private:
  void key(std::string_view name);

  std::string& buffer_;
  std::size_t start_;
};

// "d0000001" for prefix 'd': at least seven digits, so that ids sort as they were made.
void append_id(std::string& text, char prefix, std::uint64_t number);
[[nodiscard]] std::string make_id(char prefix, std::uint64_t number);

}  // namespace copydesk::datasets
