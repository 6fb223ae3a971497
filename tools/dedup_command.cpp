#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <string>

#include "command.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "exit_code.h"
#include "near_duplicate_flags.h"

namespace copydesk::tools {

namespace {

struct DedupCommand {
  NearDuplicateFlags flags;
  DedupOptions options;
  std::string keep = "first";
  std::string key;
};

std::string summarize(const DedupOptions& options, const DedupResult& result) {
  const DedupSummary& summary = result.summary;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "read      {}, {}", counted(summary.documents, "document"),
                 format_bytes(static_cast<double>(summary.bytes)));
  if (options.search.corpus.has_old()) {
    fmt::format_to(out, ", with {} to compare with",
                   counted(summary.old_documents, "old document"));
  } else if (!options.index_path.empty()) {
    fmt::format_to(out, ", compared with {}", printable(options.index_path));
  }
  fmt::format_to(out, "\nremoved   {} identical, {} of the same words, {}",
                 format_count(summary.removed_identical), format_count(summary.removed_same_words),
                 counted(summary.removed_near, "near-duplicate"));
  if (options.search.key) {
    text.resize(text.rfind("\nremoved"));
    fmt::format_to(out, "\nremoved   {} with the key of another",
                   counted(summary.removed_same_key, "document"));
    if (summary.without_key > 0) {
      fmt::format_to(out, " ({} no key, and {})",
                     summary.without_key == 1 ? "1 has" : format_count(summary.without_key) + " have",
                     summary.without_key == 1 ? "stays" : "stay");
    }
  }
  if (options.containment > 0.0) {
    fmt::format_to(out, ", {} contained", format_count(summary.removed_contained));
  }
  if (options.search.corpus.has_old()) {
    fmt::format_to(out, "; {} of them for old documents", format_count(summary.removed_for_old));
  } else if (!options.index_path.empty()) {
    fmt::format_to(out, "; {} of them for documents of the index",
                   format_count(summary.removed_for_old));
  }
  fmt::format_to(out, "\nkept      {}", counted(summary.kept, "document"));
  if (summary.documents > 0) {
    fmt::format_to(out, " ({:.1f} %)", 100.0 * static_cast<double>(summary.kept) /
                                           static_cast<double>(summary.documents));
  }
  const std::string& folder = options.search.corpus.output_folder;
  const std::string& path = folder.empty() ? options.kept_path : folder;
  if (path != "-") fmt::format_to(out, " in {}", printable(path));
  fmt::format_to(out, "\n");
  fmt::format_to(out, "{}", merged_line(summary));
  if (summary.copied.kept > 0 || summary.copied.dropped > 0) {
    fmt::format_to(out, "records   {} dropped with {} of requests and metadata, {} kept",
                   format_count(summary.copied.dropped),
                   format_count(summary.copied.dropped_with_others),
                   format_count(summary.copied.kept));
    if (summary.copied.revisits_left > 0) {
      fmt::format_to(out, ", with {} of dropped ones",
                     counted(summary.copied.revisits_left, "revisit"));
    }
    fmt::format_to(out, "\n");
  }
  if (!options.decisions_path.empty() && options.decisions_path != "-") {
    fmt::format_to(out, "why       {}\n", printable(options.decisions_path));
  }
  text += written_lines({options.clusters_path, options.html_path});
  return text + cost_line(result.report, summary.bytes);
}

int run(DedupCommand& command) {
  command.flags.finish();
  DedupOptions& options = command.options;
  options.keep = parse_keep_policy(command.keep);
  options.search = command.flags.options;
  options.search.corpus.fields.order = options.keep.field;
  if (!command.key.empty()) {
    command.flags.refuse_similarity("compares texts, which --key does not");
    options.search.key = parse_dedup_key(command.key);
    options.search.corpus.fields.key = options.search.key->field;
    if (options.containment > 0.0) {
      throw Error(ErrorCode::kInvalidOption, "compares texts, which --key does not", "--contained");
    }
  }
  if (options.add_to_index && options.index_path.empty()) {
    throw Error(ErrorCode::kInvalidOption, "needs --index, to which documents are added", "--add");
  }
  if (!options.index_path.empty() && command.key.empty()) {
    command.flags.take_from_index(options.index_path);
    options.search = command.flags.options;
    options.search.corpus.fields.order = options.keep.field;
  }
  CorpusRun corpus_run(command.flags.corpus);
  corpus_run.control().on_plan = [&](const RunPlan& plan) { show_plan(plan, command.flags); };
  const DedupResult result = run_dedup(options, corpus_run.control());
  if (options.search.dry_run) return kDone;
  return corpus_run.finish(result.report, summarize(options, result), result.summary.faults);
}

}  // namespace

void add_dedup_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "dedup", "Remove near-duplicates: every removal verified exactly and explained");
  const auto state = std::make_shared<DedupCommand>();
  state->options.kept_path = "-";
  command
      ->add_option("-o,--output", state->options.kept_path,
                   "Kept records, byte for byte; .gz and .zst compress. Of tables .parquet, .csv, .tsv, of "
                   "archives .warc.gz ...")
      ->capture_default_str();
  command->add_option("--decisions", state->options.decisions_path,
                      "Each removal: the kept document, the rule, the measures, the passage");
  command->add_option("--clusters", state->options.clusters_path,
                      "Which documents hang together, and which of them were kept");
  command->add_option("--html", state->options.html_path,
                      "A page to look at: what was removed by rule, similarity and source, with samples "
                      "side by side");
  command
      ->add_option("-k,--keep", state->keep,
                   "Which copy stays: first, longest, newest, oldest, max:FIELD, min:FIELD")
      ->capture_default_str();
  command->add_option(
      "--contained", state->options.containment,
      "Also remove a document of which this share (such as 0.95) is found in a kept one, however "
      "much longer; costs one more pass");
  state->flags.add_to(*command);
  command->add_option("--key", state->key,
                      "Compare no texts: equal keys are copies. FIELD, url:FIELD (an address, without "
                      "what does not matter) or line (the whole record)")
      ->type_name("KEY");
  command->add_option("--source-field", state->flags.corpus.corpus.fields.source,
                      "Field with the source of a record: --report counts by it");
  command
      ->add_option("--index", state->options.index_path,
                   "An index of earlier documents: what of INPUT is like one of them is removed")
      ->type_name("INDEX");
  command->add_flag("--add", state->options.add_to_index,
                    "Add all documents of INPUT to --index when the run has succeeded");
  state->flags.corpus.add_output_folder(*command, state->options.kept_path);
  command->footer(
      "Examples:\n"
      "  copydesk dedup crawl/ -o clean.jsonl.zst --decisions why.jsonl --html removed.html\n"
      "  copydesk dedup today.jsonl --against archive/ -o new.jsonl\n"
      "  copydesk dedup today.jsonl --index news.index --add -o new.jsonl\n"
      "  copydesk dedup crawl/ --key url:url --keep newest --output-dir pages/\n"
      "  zstdcat news.jsonl.zst | copydesk dedup - --threshold 0.7 --keep longest > clean.jsonl");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
