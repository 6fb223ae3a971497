#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <string>

#include "evaluate_input.h"
#include "evaluate_report.h"

namespace copydesk::tools {

// A measure as a subcommand of `evaluate`: the options that all of them share, and what is done
// with the report.
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
