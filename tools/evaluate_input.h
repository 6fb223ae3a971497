#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Truth and result files: JSON Lines, plain or compressed, or plain text.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simdjson::dom {
class object;
}

namespace copydesk::tools {

// One line of a JSON Lines file. Views are valid until the next record.
class JsonRecord {
 public:
  explicit JsonRecord(const simdjson::dom::object& object) : object_(&object) {}

  // Present and not null.
  [[nodiscard]] bool has(std::string_view field) const;

  // A string, or a whole number as its digits. Nothing for anything else.
  [[nodiscard]] std::optional<std::string> id(std::string_view field) const;

  [[nodiscard]] std::optional<std::size_t> number(std::string_view field) const;

  // A string, or the strings of a list joined by line feeds.
  [[nodiscard]] std::optional<std::string> text(std::string_view field) const;

  // A list whose members are each what text() accepts; a single string counts as a list of one.
  [[nodiscard]] std::optional<std::vector<std::string>> texts(std::string_view field) const;

  // The "id" of each record of a list.
  [[nodiscard]] std::optional<std::vector<std::string>> ids_of_records(
      std::string_view field) const;

  // A list whose members are each what id() or number() accepts.
  [[nodiscard]] std::optional<std::vector<std::string>> ids(std::string_view field) const;
  [[nodiscard]] std::optional<std::vector<std::size_t>> numbers(std::string_view field) const;

 private:
  const simdjson::dom::object* object_;
};

// What could not be used: counted, and the first few written to standard error as they come.
class FaultLog {
 public:
  void add(const std::string& path, std::uint64_t line, std::string_view reason);

  // After all input: says how many there were beyond those shown.
  void finish() const;

  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

// Calls `use` for each record of `path` ("-" for standard input); a non-empty answer is the reason
// why the record is of no use. Empty lines are passed over. Throws Error if the file cannot be
// opened or read.
void for_each_record(const std::string& path, FaultLog& faults,
                     const std::function<std::string(const JsonRecord&)>& use);

// The lines of a text file, without their line feeds (and carriage returns before them).
[[nodiscard]] std::vector<std::string> read_lines(const std::string& path, FaultLog& faults);

// The whole of a text file.
[[nodiscard]] std::string read_text(const std::string& path, FaultLog& faults);

}  // namespace copydesk::tools
