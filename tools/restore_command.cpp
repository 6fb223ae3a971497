// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "command.h"
#include "console.h"
#include "copydesk/pipeline/split/split_run.h"
#include "corpus_flags.h"

namespace copydesk::tools {
namespace {

struct RestoreCommand {
  CorpusFlags flags;
  std::string output_path = "-";
};

int run(RestoreCommand& command) {
  command.flags.finish();
  CorpusRun corpus_run(command.flags);
  const RestoreResult result =
      run_restore(command.flags.corpus, command.output_path, corpus_run.control());
  const RestoreSummary& summary = result.summary;
  const std::string text =
      fmt::format("read      {}\nrestored  {}\n", counted(summary.documents, "document"),
                  format_count(summary.restored)) +
      written_lines({command.output_path});
  return corpus_run.finish(result.report, text + cost_line(result.report, summary.bytes),
                           summary.faults);
}

}  // namespace

void add_restore_command(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("restore", "Give documents back what blocks --cut took out of them");
  const auto state = std::make_shared<RestoreCommand>();
  command->add_option("-o,--output", state->output_path, "Where the documents go")
      ->capture_default_str();
  state->flags.add_to(*command);
  command->footer(
      "Examples:\n"
      "  copydesk restore clean.jsonl.zst -o crawl.jsonl.zst\n"
      "  copydesk restore clean.jsonl --text-field content | cmp - original.jsonl");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
