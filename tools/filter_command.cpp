// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/filter/filter_run.h"
#include "corpus_flags.h"

namespace copydesk::tools {
namespace {

struct FilterCommand {
  CorpusFlags flags;
  FilterOptions options;
  std::string drop, keep;  // lists
};

int run(FilterCommand& command) {
  command.flags.finish();
  if (command.drop.empty() == command.keep.empty()) {
    throw Error(ErrorCode::kInvalidOption,
                "either this list or that of --keep says which records go", "--drop");
  }
  FilterOptions& options = command.options;
  options.corpus = command.flags.corpus;
  options.drop = !command.drop.empty();
  options.list_path = options.drop ? command.drop : command.keep;
  CorpusRun corpus_run(command.flags);
  const FilterResult result = run_filter(options, corpus_run.control());
  const FilterSummary& summary = result.summary;
  const std::string text =
      fmt::format("read      {}, and {} of {} in the list\nkept      {}\n",
                  counted(summary.documents, "document"), format_count(summary.entries_found),
                  counted(summary.entries, "record"), counted(summary.kept, "document")) +
      written_lines({options.corpus.output_folder, options.output_path});
  return corpus_run.finish(result.report, text + cost_line(result.report, summary.bytes),
                           summary.faults);
}

}  // namespace

void add_filter_command(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("filter", "Drop the records that a list names, or keep them alone");
  const auto state = std::make_shared<FilterCommand>();
  state->options.output_path = "-";
  command->add_option("--drop", state->drop,
                      "These records go: a list of ids or FILE:LINE, CSV or JSON Lines with id, or "
                      "file and line (such as decisions)")
      ->type_name("LIST");
  command->add_option("--keep", state->keep, "These records stay, and no other")->type_name("LIST");
  command->add_flag("--by-id", state->options.by_id,
                    "Go by the ids of a list that has places, too");
  command
      ->add_option("-o,--output", state->options.output_path, "Kept records, byte for byte; of tables .parquet, .csv, .tsv, of archives .warc.gz ...")
      ->capture_default_str();
  state->flags.add_to(*command);
  state->flags.add_output_folder(*command, state->options.output_path);
  command->footer(
      "Examples:\n"
      "  copydesk filter crawl/ --drop why.jsonl -o clean.jsonl.zst\n"
      "  copydesk filter news.jsonl --keep wanted.txt -o wanted.jsonl");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
