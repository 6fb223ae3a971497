// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <string>

#include "against_flags.h"
#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/decontaminate/decontaminate_run.h"
#include "corpus_flags.h"

namespace copydesk::tools {

namespace {

struct DecontaminateCommand {
  CorpusFlags flags;
  DecontaminateOptions options;
  std::string cut = "sentences";
};

std::string summarize(const DecontaminateOptions& options, const DecontaminateResult& result) {
  const DecontaminateSummary& summary = result.summary;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "read      {}, {}; {} to look for",
                 counted(summary.documents, "document"),
                 format_bytes(static_cast<double>(summary.bytes)), counted(summary.items, "item"));
  if (summary.items_too_short > 0) {
    fmt::format_to(out, ", of which {} too short", format_count(summary.items_too_short));
  }
  fmt::format_to(out, "\nfound     {}, {} of them with the answer, in {} ({})\n",
                 counted(summary.items_found, "item"), format_count(summary.items_with_answer),
                 counted(summary.documents_with_leaks, "document"),
                 counted(summary.hits, "place"));
  for (const LeakCounts& set : result.sets) {
    if (set.items_found == 0) continue;
    fmt::format_to(out, "          {}: {} of {} in {}\n", printable(set.set),
                   format_count(set.items_found), counted(set.items, "item"),
                   counted(set.documents, "document"));
  }
  if (!options.kept_path.empty()) {
    fmt::format_to(out, "dropped   {}\n", counted(summary.dropped, "document"));
  }
  if (!options.cut_path.empty()) {
    fmt::format_to(out, "cut       {} out of {}\n",
                   format_bytes(static_cast<double>(summary.cut_bytes)),
                   counted(summary.dropped, "document"));
  }
  text += written_lines({options.hits_path, options.kept_path, options.cut_path,
                         options.marked_path, options.html_path});
  return text + cost_line(result.report, summary.bytes);
}

int run(DecontaminateCommand& command) {
  command.flags.finish();
  DecontaminateOptions& options = command.options;
  options.corpus = command.flags.corpus;
  options.corpus.fields.text_in_parts = options.cut_path.empty();
  if (command.cut != "sentences" && command.cut != "span") {
    throw Error(ErrorCode::kInvalidOption, "is neither sentences nor span", "--cut-what");
  }
  options.cut = command.cut == "span" ? LeakCut::kSpan : LeakCut::kSentences;
  CorpusRun corpus_run(command.flags);
  const DecontaminateResult result = run_decontaminate(options, corpus_run.control());
  return corpus_run.finish(result.report, summarize(options, result), result.summary.faults);
}

}  // namespace

void add_decontaminate_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "decontaminate", "Find evaluation items in training text, and take them out of it");
  const auto state = std::make_shared<DecontaminateCommand>();
  DecontaminateOptions& options = state->options;
  options.hits_path = "-";
  command
      ->add_option("-o,--output", options.hits_path,
                   "Each place: training record, set, item, kind, offsets in both")
      ->capture_default_str();
  command->add_option("--drop", options.kept_path, "The records without a hit, byte for byte");
  command->add_option("--cut", options.cut_path,
                      "All records, what was found cut out; copydesk restore undoes it");
  command->add_option("--mark", options.marked_path,
                      "All records, what was found named in a field copydesk_leaks");
  command->add_option("--html", options.html_path,
                      "Items and what was found of them side by side, to look at");
  command
      ->add_option("--cut-what", state->cut,
                   "What --cut takes out: sentences (whole ones), or the span alone")
      ->capture_default_str();
  command->add_flag("--with-answer", options.needs_answer,
                    "Drop, cut and mark only where the answer stands near, too");
  add_against_options(*command,
                      {options.evaluation_inputs, options.question_field, options.answer_field,
                       options.id_field, options.set_field},
                      "Files or folders with the evaluation sets");
  command
      ->add_option("--prepared", options.prepared_path,
                   "Keep the sets prepared in this file; without --against, take them from it")
      ->group("What to look for");
  state->flags.add_to(*command);
  command->footer(
      "Examples:\n"
      "  copydesk decontaminate crawl/ --against gsm8k.jsonl --question-field question -o "
      "leaks.jsonl\n"
      "  copydesk decontaminate train.jsonl.zst --against evals/ --cut clean.jsonl.zst --html "
      "leaks.html");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
