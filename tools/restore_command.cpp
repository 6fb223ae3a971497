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
  RestoreOptions options;
};

int run(RestoreCommand& command) {
  command.flags.finish();
  command.options.corpus = command.flags.corpus;
  CorpusRun corpus_run(command.flags);
  const RestoreResult result =
      run_restore(command.options, corpus_run.control());
  const RestoreSummary& summary = result.summary;
  const std::string text =
      fmt::format("read      {}\nrestored  {}\n", counted(summary.documents, "document"),
                  format_count(summary.restored)) +
      (summary.not_found == 0 ? ""
                              : fmt::format("missing   {} whose texts are in {}\n",
                                            counted(summary.not_found, "record"),
                                            printable(command.options.removed_path))) +
      written_lines({command.flags.corpus.output_folder, command.options.output_path});
  return corpus_run.finish(result.report, text + cost_line(result.report, summary.bytes),
                           summary.faults);
}

}  // namespace

void add_restore_command(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("restore", "Give documents back what blocks --cut took out of them");
  const auto state = std::make_shared<RestoreCommand>();
  state->options.output_path = "-";
  command->add_option("--removed", state->options.removed_path,
                      "What blocks --cut --removed FILE wrote, for records that do not hold it");
  command->add_option("-o,--output", state->options.output_path, "Where the documents go")
      ->capture_default_str();
  state->flags.add_to(*command);
  state->flags.add_output_folder(*command, state->options.output_path);
  command->footer(
      "Examples:\n"
      "  copydesk restore clean.jsonl.zst -o crawl.jsonl.zst\n"
      "  copydesk restore clean.jsonl --text-field content | cmp - original.jsonl");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
