#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The options that every command over a corpus has, with the same spelling and meaning.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "console.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/run_control.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/run_report.h"

namespace CLI {
class App;
}

namespace copydesk::tools {

struct CorpusFlags {
  CorpusOptions corpus;
  std::string format = "auto";
  std::string main_text = "main";
  std::string on_bad = "skip";
  std::string memory;
  std::string files_from;  // a file with paths
  bool are_paths_ended_by_nul = false;
  std::string max_record;
  std::string date_order;
  std::string rejects_path;
  std::string report_path;
  std::string simd;
  bool quiet = false;
  bool progress = false;

  // Adds INPUT... and the options to a command.
  void add_to(CLI::App& command);
  // For commands whose unfinished runs can be gone on with.
  void add_resume(CLI::App& command);
  // For commands that write records: --output-dir, which takes the place of --output, whose path is
  // `output_path`. After add_to().
  void add_output_folder(CLI::App& command, std::string& output_path);
  // Turns texts into values once the command line is parsed. Throws Error{kInvalidOption}.
  void finish();

 private:
  void collect_run_options();
  void finish_fields();
  void read_paths();

  CLI::App* command_ = nullptr;
  bool has_resume_ = false;
  std::string* output_path_ = nullptr;
};

// Runs a command over a corpus: progress, messages about faults, --rejects, --report, signals.
class CorpusRun {
 public:
  explicit CorpusRun(const CorpusFlags& flags);
  ~CorpusRun();

  [[nodiscard]] RunControl& control() { return control_; }

  // Writes rejects and report and prints `summary` (lines for people) unless --quiet. Returns the
  // exit code.
  int finish(const RunReport& report, std::string_view summary, std::uint64_t faults);

 private:
  void on_fault(const std::string& path, const RecordFault& fault);

  const CorpusFlags& flags_;
  ProgressLine progress_;
  RunControl control_;
  std::unique_ptr<ByteSink> rejects_;
  std::uint64_t messages_ = 0;
};

// "2G", "512M", "100k", "1000000": decimal and binary (Ki, Mi, Gi) units. Throws
// Error{kInvalidOption} naming `option`.
[[nodiscard]] std::uint64_t parse_size(std::string_view text, const std::string& option);

// The line that ends a summary: time, speed, memory, instruction set.
[[nodiscard]] std::string cost_line(const RunReport& report, std::uint64_t bytes);

}  // namespace copydesk::tools
