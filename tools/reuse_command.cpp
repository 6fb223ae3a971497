// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>

#include "against_flags.h"
#include "command.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "corpus_flags.h"
#include "mask_flags.h"

namespace copydesk::tools {

namespace {

struct ReuseCommand {
  CorpusFlags flags;
  MaskFlags mask;
  ReuseOptions options;
  double strictness = CopyRule{}.minimum_weight;
};

std::string summarize(const ReuseOptions& options, const ReuseResult& result) {
  const ReuseSummary& summary = result.summary;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "read      {}, {}\n", counted(summary.documents, "document"),
                 format_bytes(static_cast<double>(summary.bytes)));
  const std::uint64_t hidden = summary.templates + summary.boilerplate;
  fmt::format_to(out, "reuse     {}, {}; {}\n", counted(summary.pairs - hidden, "pair"),
                 counted(summary.passages, "passage"), counted(summary.repeats, "equal text"));
  fmt::format_to(out, "besides   {}, {}{}\n", counted(summary.templates, "template pair"),
                 counted(summary.boilerplate, "boilerplate pair"),
                 options.rules.keep_hidden_passages || !options.corpus.old_inputs.empty()
                     ? ": their passages are among these"
                     : ": hidden, --templates shows their passages");
  fmt::format_to(out, "families  {}, {} with a likely source; {}\n", format_count(summary.families),
                 format_count(summary.known_sources), counted(summary.round_ups, "round-up"));
  text += written_lines(
      {options.passages_path, options.pairs_path, options.families_path, options.html_path});
  return text + cost_line(result.report, summary.bytes);
}

int run(ReuseCommand& command) {
  command.flags.finish();
  ReuseOptions& options = command.options;
  options.rules.copy = with_strictness(command.strictness);
  options.corpus = command.flags.corpus;
  options.mask = command.mask.options(options.corpus);
  CorpusRun corpus_run(command.flags);
  const ReuseResult result = run_reuse(options, corpus_run.control());
  return corpus_run.finish(result.report, summarize(options, result), result.summary.faults);
}

}  // namespace

void add_reuse_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "reuse", "Who printed whose story: copied passages, families of copies, likely sources");
  const auto state = std::make_shared<ReuseCommand>();
  ReuseOptions& options = state->options;
  options.passages_path = "-";
  command
      ->add_option("-o,--output", options.passages_path,
                   "Passages with their places in both texts; .gz and .zst compress")
      ->capture_default_str();
  command->add_option("--pairs", options.pairs_path,
                      "Pairs of documents with their relation and the measures behind it");
  command->add_option("--families", options.families_path,
                      "Families of versions: members, what each cut or added, the likely source");
  command->add_option("--html", options.html_path,
                      "The families as one HTML file to look at, texts side by side");
  add_against_options(*command,
                      {state->flags.corpus.old_inputs, options.old_text_field,
                       options.old_answer_field, options.old_id_field, options.old_set_field},
                      "Only what of INPUT is in these files or folders, in that direction");
  command
      ->add_option("--strictness", state->strictness,
                   "Weight of shared text that makes a pair: lower finds more, higher is surer")
      ->capture_default_str();
  command
      ->add_option("--min-tokens", options.rules.passages.minimum_tokens,
                   "Shortest passage to report, in equal words")
      ->capture_default_str();
  state->mask.add_to(*command);
  command->add_flag("--templates", options.rules.keep_hidden_passages,
                    "Also passages of templates (forms filled in twice) and of boilerplate");
  state->flags.add_to(*command);
  state->flags.add_resume(*command);
  command->footer(
      "Examples:\n"
      "  copydesk reuse news.jsonl.zst -o passages.jsonl --families f.jsonl --html f.html\n"
      "  copydesk reuse training/ --against benchmark.jsonl --min-tokens 12 > leaks.jsonl");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
