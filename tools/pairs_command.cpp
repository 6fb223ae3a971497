#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <string>

#include "command.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "exit_code.h"
#include "near_duplicate_flags.h"

namespace copydesk::tools {

namespace {

struct PairsCommand {
  NearDuplicateFlags flags;
  PairsOptions options;
};

std::string summarize(const PairsOptions& options, const PairsResult& result) {
  const PairsSummary& summary = result.summary;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "read      {}, {}\n", counted(summary.documents, "document"),
                 format_bytes(static_cast<double>(summary.bytes)));
  fmt::format_to(out, "found     {}\n", counted(summary.pairs, "similar pair"));
  if (summary.groups_not_expanded > 0) {
    fmt::format_to(
        out,
        "note      {} of equal texts {} large: each member is paired with the first only "
        "(--expand)\n",
        counted(summary.groups_not_expanded, "group"),
        summary.groups_not_expanded == 1 ? "is" : "are");
  }
  text += written_lines({options.pairs_path});
  return text + cost_line(result.report, summary.bytes);
}

int run(PairsCommand& command) {
  command.flags.finish();
  command.options.search = command.flags.options;
  CorpusRun corpus_run(command.flags.corpus);
  corpus_run.control().on_plan = [&](const RunPlan& plan) { show_plan(plan, command.flags); };
  const PairsResult result = run_pairs(command.options, corpus_run.control());
  if (command.options.search.dry_run) return kDone;
  return corpus_run.finish(result.report, summarize(command.options, result),
                           result.summary.faults);
}

}  // namespace

void add_pairs_command(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("pairs", "List similar pairs with their exact measures; remove nothing");
  const auto state = std::make_shared<PairsCommand>();
  state->options.pairs_path = "-";
  command->add_option("-o,--output", state->options.pairs_path, "Where the pairs go")
      ->capture_default_str();
  command
      ->add_option("--expand", state->options.most_expanded,
                   "Groups of equal texts up to this size are written pair by pair")
      ->capture_default_str();
  state->flags.add_to(*command);
  command->footer(
      "Examples:\n"
      "  copydesk pairs news.jsonl.gz --threshold 0.8 -o pairs.jsonl\n"
      "  copydesk pairs articles/ --shingle char --shingle-size 9 | jq -c 'select(.jaccard < 1)'");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
