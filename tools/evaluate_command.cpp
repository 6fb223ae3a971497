// SPDX-License-Identifier: Apache-2.0
#include "command.h"

#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/run/output_set.h"
#include "evaluate_measure.h"
#include "exit_code.h"

namespace copydesk::tools {

EvaluateMeasure::EvaluateMeasure(const std::string& description, const std::string& name,
                                 int& exit_code)
    : CLI::App(description, name), exit_code_(&exit_code) {
  add_option("--truth", truth_, "What is known to be right")->required()->type_name("FILE");
  add_option("--result", result_, "What is to be judged")->required()->type_name("FILE");
  add_option("-o,--output", output_, "Where the report goes (default: standard output)")
      ->type_name("FILE");
  add_flag("--json", json_, "Write one JSON object instead of tables");
  callback([this] { run(); });
}

void EvaluateMeasure::run() {
  if (truth_ == "-" && result_ == "-") {
    throw Error(ErrorCode::kInvalidOption, "cannot be standard input, as --truth is", "--result");
  }
  OutputSet outputs({{"--output", output_}});
  const std::vector<Input> inputs = {{truth_}, {result_}};
  outputs.refuse_inputs(inputs);
  outputs.open();
  EvaluateReport report(get_name());
  score(report);
  faults_.finish();
  report.add("skipped_records", faults_.count());
  outputs.sink("--output")->write(json_ ? report.as_json() : report.as_table());
  outputs.commit();
  *exit_code_ = faults_.count() > 0 ? kDoneWithFaults : kDone;
}

void add_evaluate_command(CLI::App& app, int& exit_code) {
  CLI::App* evaluate = app.add_subcommand(
      "evaluate", "Measure a result against known truth: precision, recall, ARI, plagdet, ROUGE");
  evaluate->require_subcommand(1);
  evaluate->footer(
      "Examples:\n"
      "  copydesk evaluate pairs --truth truth_pairs.jsonl --result pairs.jsonl.zst\n"
      "  copydesk evaluate rouge --stem --truth articles.jsonl --result abstracts.jsonl --json");
  add_pairs_measure(*evaluate, exit_code);
  add_clusters_measure(*evaluate, exit_code);
  add_passages_measure(*evaluate, exit_code);
  add_blocks_measure(*evaluate, exit_code);
  add_text_measure(*evaluate, exit_code);
  add_segments_measure(*evaluate, exit_code);
  add_rouge_measure(*evaluate, exit_code);
}

}  // namespace copydesk::tools
