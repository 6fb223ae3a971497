// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/split/split_run.h"
#include "corpus_flags.h"
#include "mask_flags.h"

namespace copydesk::tools {
namespace {

struct SplitCommand {
  const CLI::App* app = nullptr;
  CorpusFlags flags;
  MaskFlags mask;
  SplitOptions options;
  std::string method = "pages";
};

int run(SplitCommand& command) {
  command.flags.finish();
  command.options.corpus = command.flags.corpus;
  command.options.corpus.fields.order = "lang";  // goes with the stories
  command.options.mask = command.mask.options(command.options.corpus);
  if (command.method != "pages" && command.method != "prose") {
    throw Error(ErrorCode::kInvalidOption, "is neither pages nor prose", "--method");
  }
  command.options.method = command.method == "prose" ? SplitMethod::kProse : SplitMethod::kPages;
  if (command.app->count("--cut-cost") > 0 && command.method != "prose") {
    throw Error(ErrorCode::kInvalidOption, "needs --method prose", "--cut-cost");
  }
  if (!(command.options.prose.cut_cost >= 0.0)) {
    throw Error(ErrorCode::kInvalidOption, "must not be below 0", "--cut-cost");
  }
  CorpusRun corpus_run(command.flags);
  const SplitResult result = run_split(command.options, corpus_run.control());
  const SplitSummary& summary = result.summary;
  const std::string text =
      fmt::format("read      {}, {}\nfound     {}; {} several\n",
                  counted(summary.documents, "document"),
                  format_bytes(static_cast<double>(summary.bytes)),
                  counted(summary.stories, "story", "stories"),
                  counted(summary.split_documents, "document holds", "documents hold")) +
      written_lines({command.flags.corpus.output_folder, command.options.output_path});
  return corpus_run.finish(result.report, text + cost_line(result.report, summary.bytes),
                           summary.faults);
}

}  // namespace

void add_split_command(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("split", "Split pages that hold several stories; one record a story");
  const auto state = std::make_shared<SplitCommand>();
  state->app = command;
  state->options.output_path = "-";
  command->add_option("-o,--output", state->options.output_path, "Where the stories go")
      ->capture_default_str();
  command->add_flag("--clean", state->options.clean,
                    "Leave later copies of titles and captions, labels, and what is masked, out of "
                    "the texts");
  command
      ->add_option("--method", state->method,
                   "pages (lines: titles, repeats, words) or prose (long plain text: words alone)")
      ->capture_default_str();
  command
      ->add_option("--cut-cost", state->options.prose.cut_cost,
                   "prose: below 1 shorter segments, above 1 longer ones")
      ->capture_default_str();
  state->mask.site_only = true;  // copies of titles tell stories apart
  state->mask.add_to(*command);
  state->flags.add_to(*command);
  state->flags.add_output_folder(*command, state->options.output_path);
  state->flags.add_resume(*command);
  command->footer(
      "Examples:\n"
      "  copydesk split page.txt | jq -r .title\n"
      "  copydesk split crawl.jsonl.zst --mask site --clean -o stories.jsonl.zst\n"
      "  copydesk split transcripts/ --method prose -o topics.jsonl");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
