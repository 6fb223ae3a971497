// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "command.h"
#include "console.h"
#include "copydesk/pipeline/extract/extract_run.h"
#include "corpus_flags.h"

namespace copydesk::tools {
namespace {

struct ExtractCommand {
  CorpusFlags flags;
  ExtractOptions options;
  bool explain = false;
};

int run(ExtractCommand& command) {
  command.flags.finish();
  command.options.corpus = command.flags.corpus;
  command.options.corpus.reading.conversion.explain = command.explain;
  CorpusRun corpus_run(command.flags);
  const ExtractResult result = run_extract(command.options, corpus_run.control());
  const ExtractSummary& summary = result.summary;
  const std::string text =
      fmt::format("read      {}, {} of text\n", counted(summary.documents, "document"),
                  format_bytes(static_cast<double>(summary.text_bytes))) +
      written_lines({command.flags.corpus.output_folder, command.options.output_path});
  return corpus_run.finish(result.report, text + cost_line(result.report, summary.bytes),
                           summary.faults);
}

}  // namespace

void add_extract_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "extract", "Write documents as they are read: text and metadata, from any format");
  const auto state = std::make_shared<ExtractCommand>();
  state->options.output_path = "-";
  command->add_option("-o,--output", state->options.output_path, "Where the documents go")
      ->capture_default_str();
  command->add_flag("--explain", state->explain,
                    "Tell every block of a page, and why it was kept or left out");
  state->flags.add_to(*command);
  state->flags.add_output_folder(*command, state->options.output_path);
  command->footer(
      "Examples:\n"
      "  copydesk extract crawl.warc.gz -o texts.jsonl.zst\n"
      "  copydesk extract page.html --explain | jq -c '.blocks[] | [.reason, .text[:60]]'");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
