#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One JSON object in one line, member by member.

#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk {

// JsonLine(out).add("id", "a").end() appends {"id":"a"} and a line feed. Bytes that are no UTF-8
// are handed on as they are.
class JsonLine {
 public:
  explicit JsonLine(std::string& out) : out_(out) { out_ += '{'; }

  JsonLine& add(std::string_view name, std::string_view value);
  // The same, unless the name or the value is empty.
  JsonLine& add_if_any(std::string_view name, std::string_view value);
  // `json` is a value already.
  JsonLine& add_json(std::string_view name, std::string_view json);
  void end() { out_ += "}\n"; }

  static void append_string(std::string& out, std::string_view text);

 private:
  void begin(std::string_view name);

  std::string& out_;
  bool first_ = true;
};

}  // namespace copydesk
