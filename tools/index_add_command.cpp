// SPDX-License-Identifier: Apache-2.0
//
// The commands of `index` that read a corpus: create takes the same options of similarity, add and query
// have them from the index.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <string>

#include "copydesk/error.h"
#include "copydesk/index/index_folder.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/index/index_query.h"
#include "exit_code.h"
#include "index_commands.h"
#include "near_duplicate_flags.h"

namespace copydesk::tools {

namespace {

struct CreateCommand {
  NearDuplicateFlags flags;
  std::string path;
  std::string verify = "sets";
  bool with_text = false;
  bool quiet = false;
};

int run(CreateCommand& command) {
  command.flags.finish_similarity();
  IndexParameters parameters;
  parameters.shingles = command.flags.options.shingles;
  parameters.sketch = command.flags.options.sketch;
  parameters.threshold = command.flags.options.threshold;
  parameters.recall = command.flags.options.recall;
  parameters.verify = parse_index_verify(command.verify);
  parameters.with_text = command.with_text;
  create_index(command.path, parameters);
  if (!command.quiet) {
    const Banding banding = parameters.banding();
    print_to_people(fmt::format("created   {}, {} of {}, verified by {}\n", printable(command.path),
                                counted(banding.bands, "band"), counted(banding.rows, "row"),
                                command.verify));
  }
  return kDone;
}

struct AddCommand {
  NearDuplicateFlags flags;
  DedupOptions options;
  std::string keep = "first";
};

// Add is dedup with an index, of which nothing is written.
int run(AddCommand& command) {
  command.flags.corpus.finish();
  command.flags.finish_similarity();
  command.flags.take_from_index(command.options.index_path);
  DedupOptions& options = command.options;
  options.search = command.flags.options;
  options.search.corpus = command.flags.corpus.corpus;
  options.search.corpus.fields.tokens = command.flags.tokens_field;
  options.keep = parse_keep_policy(command.keep);
  options.search.corpus.fields.order = options.keep.field;
  options.add_to_index = true;
  CorpusRun corpus_run(command.flags.corpus);
  const DedupResult result = run_dedup(options, corpus_run.control());
  const DedupSummary& summary = result.summary;
  std::string text = fmt::format(
      "read      {}, {}\nadded     {} to {}; of them {} are copies, {} of documents that were there\n",
      counted(summary.documents, "document"), format_bytes(static_cast<double>(summary.bytes)),
      counted(summary.documents, "document"), printable(options.index_path),
      format_count(summary.documents - summary.kept), format_count(summary.removed_for_old));
  text += merged_line(summary);
  text += written_lines({options.decisions_path});
  return corpus_run.finish(result.report, text + cost_line(result.report, summary.bytes),
                           summary.faults);
}

struct QueryCommand {
  CorpusFlags flags;
  IndexQueryOptions options;
  std::string tokens_field;
};

int run(QueryCommand& command) {
  command.flags.finish();
  IndexQueryOptions& options = command.options;
  options.corpus = command.flags.corpus;
  options.corpus.fields.tokens = command.tokens_field;
  CorpusRun corpus_run(command.flags);
  const IndexQueryResult result = run_index_query(options, corpus_run.control());
  const IndexQuerySummary& summary = result.summary;
  const std::string text =
      fmt::format("read      {}, {}\nfound     {} of {}\n", counted(summary.documents, "document"),
                  format_bytes(static_cast<double>(summary.bytes)),
                  counted(summary.matches, "match", "matches"),
                  counted(summary.with_matches, "document")) +
      written_lines({options.output_path});
  return corpus_run.finish(result.report, text + cost_line(result.report, summary.bytes),
                           summary.faults);
}

void add_create(CLI::App& index, int& exit_code) {
  CLI::App* const command = index.add_subcommand("create", "Make an index without documents");
  const auto state = std::make_shared<CreateCommand>();
  command->add_option("INDEX", state->path, "A folder that is made")->required();
  state->flags.add_similarity(*command);
  command
      ->add_option("--verify", state->verify,
                   "What is kept of each text: sets (of shingles: fastest), text (a third of the "
                   "space), none (answers are not verified)")
      ->capture_default_str();
  command->add_flag("--with-text", state->with_text,
                    "Keep texts beside the sets, so that answers have the shared passage");
  command->add_flag("-q,--quiet", state->quiet, "No summary; errors only");
  command->footer(
      "Examples:\n"
      "  copydesk index create news.index --threshold 0.8\n"
      "  copydesk index create pages.index --verify text --shingle char --shingle-size 9");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

void add_add(CLI::App& index, int& exit_code) {
  CLI::App* const command =
      index.add_subcommand("add", "Add documents, each compared with all that are there");
  const auto state = std::make_shared<AddCommand>();
  command->add_option("INDEX", state->options.index_path, "An index")->required();
  state->flags.add_for_index(*command);
  command->add_option("--decisions", state->options.decisions_path,
                      "Each that is a copy: the kept document, the rule, the measures");
  command
      ->add_option("-k,--keep", state->keep,
                   "Which copy stays among those of INPUT: first, longest, newest, oldest, "
                   "max:FIELD, min:FIELD. Those that are there stay in any case")
      ->capture_default_str();
  command->add_option("--source-field", state->flags.corpus.corpus.fields.source,
                      "Field with the source of a record: `index remove --where source=X` goes by it");
  command->footer(
      "Examples:\n"
      "  copydesk index add news.index yesterday.jsonl --source-field publisher\n"
      "  copydesk index add news.index crawl/ --decisions why.jsonl");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

void add_query(CLI::App& index, int& exit_code) {
  CLI::App* const command =
      index.add_subcommand("query", "List what of an index is like each record; change nothing");
  const auto state = std::make_shared<QueryCommand>();
  state->options.output_path = "-";
  command->add_option("INDEX", state->options.index_path, "An index")->required();
  state->flags.add_to(*command);
  command->add_option("-o,--output", state->options.output_path, "Where the matches go")
      ->capture_default_str();
  command->add_option("--tokens-field", state->tokens_field,
                      "Field in which a record says words or code of itself");
  command->add_option("--most", state->options.most,
                      "Matches of a record, the most alike first; 0 for all")
      ->capture_default_str();
  command->add_flag("--allow-older", state->options.allow_older,
                    "If the newest state of the index is damaged, take the one before it");
  command->footer(
      "Examples:\n"
      "  copydesk index query news.index today.jsonl -o matches.jsonl\n"
      "  copydesk index query news.index - --most 1 < one.jsonl | jq .match_id");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace

void add_index_corpus_commands(CLI::App& index, int& exit_code) {
  add_create(index, exit_code);
  add_add(index, exit_code);
  add_query(index, exit_code);
}

}  // namespace copydesk::tools
