#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One measure of `copydesk evaluate`, as a subcommand: the options that all of them share, where
// the report goes, and what ends the program. `evaluate pairs --truth T --result R --json` reads
// both files, has them scored, and writes one JSON object; skipped records make the exit code 3.

#include <CLI/CLI.hpp>
#include <string>

#include "evaluate_input.h"
#include "evaluate_report.h"

namespace copydesk::tools {

// A measure derives from it, adds options of its own, and scores.
class EvaluateMeasure : public CLI::App {
 public:
  EvaluateMeasure(const std::string& description, const std::string& name, int& exit_code);

 protected:
  // Reads, scores, and fills the report.
  virtual void score(EvaluateReport& report) = 0;

  std::string truth_, result_;
  FaultLog faults_;

 private:
  void run();

  int* exit_code_;
  std::string output_ = "-";
  bool json_ = false;
};

// Each adds one measure to `evaluate`.
void add_pairs_measure(CLI::App& evaluate, int& exit_code);
void add_clusters_measure(CLI::App& evaluate, int& exit_code);
void add_passages_measure(CLI::App& evaluate, int& exit_code);
void add_blocks_measure(CLI::App& evaluate, int& exit_code);
void add_text_measure(CLI::App& evaluate, int& exit_code);
void add_segments_measure(CLI::App& evaluate, int& exit_code);
void add_rouge_measure(CLI::App& evaluate, int& exit_code);

}  // namespace copydesk::tools
