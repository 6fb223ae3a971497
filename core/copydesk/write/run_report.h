#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a run leaves behind for programs: parameters, counts, times. Written as one JSON object
// (docs/formats.md).

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace copydesk {

struct StageTime {
  std::string stage;
  double wall_seconds = 0.0;
  double cpu_seconds = 0.0;  // of all threads
};

// An ordered list of named values that becomes a JSON object. Values are kept as JSON text.
class ReportSection {
 public:
  void add(std::string name, std::uint64_t value);
  void add(std::string name, double value);
  void add(std::string name, std::string_view value);
  void add_json(std::string name, std::string json);

  // The section as a JSON object, indented by `indent` spaces.
  [[nodiscard]] std::string to_json(std::size_t indent) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

struct RunReport {
  std::string command;  // "dedup", "pairs"
  ReportSection parameters;
  // What was read, as the command line has it, and how; what was written, by option.
  std::vector<std::string> inputs, old_inputs;
  ReportSection reading, outputs;
  ReportSection counts;
  ReportSection candidates;
  ReportSection faults;
  std::vector<StageTime> stages;
  std::uint64_t side_files = 0;   // of folders, that were left out
  std::string simd;               // the instruction set the kernels ran on
  std::uint64_t peak_bytes = 0;   // resident memory of the process at its highest
  double wall_seconds = 0.0;

  [[nodiscard]] std::string to_json() const;
};

}  // namespace copydesk
