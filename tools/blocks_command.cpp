// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "corpus_flags.h"
#include "count_options.h"

namespace copydesk::tools {
namespace {

struct BlocksCommand {
  const CLI::App* app = nullptr;
  CorpusFlags flags;
  BlocksOptions options;
  std::vector<std::string> scopes = {"auto"};
  std::string site_rule = "article";
  std::optional<std::uint32_t> least_pages;
  std::string keep = "first";
  std::string removed = "inline";
  std::vector<std::string> units;
  std::string bounds = "sentence";
  std::string paragraph_end = "auto";
  std::size_t least_bytes = 0;  // 0: by unit
  std::size_t least_tokens = 0;
  bool cut = false;
  bool annotate = false;
  bool exact = false;
};

// An option that would change nothing is a misunderstanding.
void refuse(const BlocksCommand& command, std::initializer_list<const char*> options,
            const char* reason) {
  for (const char* const option : options) {
    if (command.app->count(option) > 0) throw Error(ErrorCode::kInvalidOption, reason, option);
  }
}

// What of a corpus is compared. A length in words can only mean spans.
void read_units(BlocksCommand& command, bool corpus) {
  BlocksOptions& options = command.options;
  if (!corpus) {
    refuse(command,
           {"--unit", "--min-tokens", "--span-bounds", "--paragraph-end", "--min-bytes",
            "--min-count", "--min-sites", "--exact-numbers", "--keep", "--near", "--shingle-size"},
           "needs --scope corpus");
    return;
  }
  if (command.units.empty()) {
    command.units.emplace_back(command.app->count("--min-tokens") > 0 ? "span" : "paragraph");
  }
  for (const std::string& unit : command.units) {
    if (unit == "paragraph") {
      options.paragraphs = true;
    } else if (unit == "sentence") {
      options.sentences = true;
    } else if (unit == "span") {
      options.spans = true;
    } else {
      throw Error(ErrorCode::kInvalidOption, "is none of paragraph, sentence, span", "--unit");
    }
  }
  if (!options.spans) refuse(command, {"--min-tokens", "--span-bounds"}, "needs --unit span");
  if (!options.paragraphs) refuse(command, {"--paragraph-end", "--near"}, "needs --unit paragraph");
  if (command.app->count("--near") == 0) refuse(command, {"--shingle-size"}, "needs --near");
  if (!options.paragraphs && !options.sentences) {
    refuse(command, {"--min-bytes", "--min-count", "--min-sites", "--exact-numbers"},
           "needs --unit paragraph or sentence");
  }
  if (command.app->count("--min-tokens") > 0) options.least_tokens = command.least_tokens;
  if (command.least_bytes != 0) {
    options.least_paragraph_bytes = options.least_sentence_bytes = command.least_bytes;
  }
  if (command.paragraph_end == "blank-line") {
    options.paragraph_end = ParagraphEnd::kBlankLine;
  } else if (command.paragraph_end == "line") {
    options.paragraph_end = ParagraphEnd::kLine;
  } else if (command.paragraph_end != "auto") {
    throw Error(ErrorCode::kInvalidOption, "is none of auto, blank-line, line", "--paragraph-end");
  }
  if (command.bounds != "sentence" && command.bounds != "word") {
    throw Error(ErrorCode::kInvalidOption, "is neither sentence nor word", "--span-bounds");
  }
  options.span_bounds = command.bounds == "word" ? SpanBounds::kWord : SpanBounds::kSentence;
}

void read_scopes(BlocksCommand& command) {
  BlocksOptions& options = command.options;
  options.mask.page = options.mask.site = false;
  bool corpus = false;
  for (const std::string& scope : command.scopes) {
    if (scope == "page") {
      options.mask.page = true;
    } else if (scope == "site") {
      options.mask.site = true;
    } else if (scope == "corpus") {
      corpus = true;
    } else if (scope == "auto") {
      options.mask.page = options.mask.site = true;
    } else {
      throw Error(ErrorCode::kInvalidOption, "is none of page, site, corpus, auto", "--scope");
    }
  }
  read_units(command, corpus);
  if (!options.mask.site) {
    refuse(command, {"--site-rule", "--min-pages", "--model", "--model-out"}, "needs --scope site");
  }
}

std::size_t read_keep(const std::string& keep) {
  if (keep == "first") return 1;
  if (keep == "none") return 0;
  std::string fault;
  const std::optional<std::uint64_t> number = read_count(keep, fault);
  if (!number || *number == 0) {
    throw Error(ErrorCode::kInvalidOption, "is none of first, none, N", "--keep");
  }
  return *number;
}

std::string summarize(const BlocksOptions& options, const BlocksResult& result) {
  const BlocksSummary& summary = result.summary;
  const bool is_cut = options.output == BlocksOutput::kCut;
  std::string text;
  const auto out = std::back_inserter(text);
  // Sites are counted where they are asked for.
  const std::string of_sites =
      options.mask.site ? " of " + counted(summary.sites, "site") : std::string();
  fmt::format_to(out, "read      {}{}, {} of text\n", counted(summary.documents, "document"),
                 of_sites, format_bytes(static_cast<double>(summary.text_bytes)));
  if (summary.page_copies > 0) {
    fmt::format_to(
        out, "note      {}\n",
        counted(summary.page_copies, "page was a copy of another and taught nothing of its site",
                "pages were copies of others and taught nothing of their site"));
  }
  const auto add_passages = [&](const char* unit, std::uint64_t all, std::uint64_t repeated,
                                std::uint64_t distinct) {
    if (all == 0) return;
    fmt::format_to(out, "corpus    {} of {} {} more than once; {}\n", format_count(repeated),
                   counted(all, unit), repeated == 1 ? "occurs" : "occur",
                   counted(distinct, "different one"));
  };
  add_passages("long paragraph", summary.paragraphs, summary.repeated_paragraphs,
               summary.distinct_repeated_paragraphs);
  if (options.near > 0.0) {
    fmt::format_to(out, "near      {} of different paragraphs, of {} compared\n",
                   counted(summary.near_pairs, "pair"), format_count(summary.compared_pairs));
  }
  add_passages("long sentence", summary.sentences, summary.repeated_sentences,
               summary.distinct_repeated_sentences);
  for (std::size_t kind = 0; kind < kBlockKinds; ++kind) {
    if (summary.blocks[kind] == 0) continue;
    fmt::format_to(
        out, "{:<9} {:>12} {}, {:.2f} % of the text\n", to_string(static_cast<BlockKind>(kind)),
        format_count(summary.blocks[kind]),
        fmt::format("block{}{}", summary.blocks[kind] == 1 ? "" : "s", is_cut ? " cut" : ""),
        100.0 * static_cast<double>(summary.block_bytes[kind]) /
            static_cast<double>(std::max<std::uint64_t>(1, summary.text_bytes)));
  }
  if (!summary.most_frequent.empty()) text += "most frequent\n";
  for (const FrequentBlock& block : summary.most_frequent) {
    // A block may begin with the empty line before it.
    const std::size_t begin = std::min(block.text.find_first_not_of(" \t\r\n"), block.text.size());
    const std::string line =
        printable(block.text.substr(begin, block.text.find('\n', begin) - begin));
    fmt::format_to(out, "  {:>8} x {:<9} {}\n", format_count(block.times), to_string(block.kind),
                   line);
  }
  if (!summary.most_cut_sites.empty()) text += "by site\n";
  for (const SiteShare& site : summary.most_cut_sites) {
    fmt::format_to(out, "  {:>6.2f} % of {:>8} on {:>8} pages  {}\n",
                   100.0 * static_cast<double>(site.block_bytes) /
                       static_cast<double>(std::max<std::uint64_t>(1, site.text_bytes)),
                   format_bytes(static_cast<double>(site.text_bytes)), format_count(site.pages),
                   printable(site.site));
  }
  text += written_lines({options.corpus.output_folder, options.output_path, options.removed_path,
                         options.model_out_path, options.html_path});
  return text + cost_line(result.report, summary.bytes);
}

int run(BlocksCommand& command) {
  command.flags.finish();
  read_scopes(command);
  BlocksOptions& options = command.options;
  options.corpus = command.flags.corpus;
  options.corpus.fields.text_in_parts = !command.cut;
  // Whoever names no scope has those that the corpus allows.
  if (std::ranges::find(command.scopes, "site") != command.scopes.end()) {
    options.corpus.site_option = "--scope";
    options.corpus.asks_for_sites_only = command.scopes.size() == 1;
  }
  options.keep = read_keep(command.keep);
  options.masks_numbers = !command.exact;
  if (command.cut && command.annotate) {
    throw Error(ErrorCode::kInvalidOption, "choose one of the two", "--cut, --annotate");
  }
  options.output = command.cut        ? BlocksOutput::kCut
                   : command.annotate ? BlocksOutput::kAnnotated
                                      : BlocksOutput::kBlocks;
  if (command.removed != "inline" && !command.cut) {
    throw Error(ErrorCode::kInvalidOption, "says where --cut puts what it takes out", "--removed");
  }
  if (command.removed == "none") {
    options.removed = RemovedTexts::kNowhere;
  } else if (command.removed != "inline") {
    options.removed = RemovedTexts::kInFile;
    options.removed_path = command.removed;
  }
  if (command.site_rule != "article" && command.site_rule != "repeats") {
    throw Error(ErrorCode::kInvalidOption, "is neither article nor repeats", "--site-rule");
  }
  options.mask.site_rule.rule =
      command.site_rule == "article" ? SiteRule::kArticle : SiteRule::kRepeats;
  if (command.least_pages) {
    if (*command.least_pages < 2) {
      throw Error(ErrorCode::kInvalidOption, "must be at least 2", "--min-pages");
    }
    options.mask.site_rule.least_pages = *command.least_pages;
  }
  CorpusRun corpus_run(command.flags);
  const BlocksResult result = run_blocks(options, corpus_run.control());
  return corpus_run.finish(result.report, summarize(options, result), result.summary.faults);
}

}  // namespace

void add_blocks_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "blocks", "Find text that repeats in a page, a site or a corpus; cut or mark it");
  const auto state = std::make_shared<BlocksCommand>();
  state->app = command;
  BlocksOptions& options = state->options;
  options.output_path = "-";
  command->add_option("-o,--output", options.output_path, "Where the blocks or documents go")
      ->capture_default_str();
  command->add_option("--scope", state->scopes, "page, site, corpus or auto (page,site)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->capture_default_str();
  command->add_flag("--cut", state->cut, "Write the documents without their blocks");
  command
      ->add_option(
          "--removed", state->removed,
          "With --cut: what was cut stays in the documents (inline), goes to a file, or is "
          "gone (none); restore takes it from either place")
      ->type_name("inline|none|FILE")
      ->capture_default_str();
  command->add_option("--html", options.html_path,
                      "A page to look at: the most frequent blocks, of all and by site, and some "
                      "documents with what --cut takes out marked");
  command->add_flag("--annotate", state->annotate,
                    "Write the documents with a list of their blocks");
  command
      ->add_option("--site-rule", state->site_rule,
                   "article (its run of lines only) or repeats (cut only lines of several pages)")
      ->capture_default_str();
  command->add_option(
      "--min-pages", state->least_pages,
      "Pages of a site that make a line the site's [3, and 2 where no third is known]");
  command->add_option("--model", options.models, "Site model of an earlier run; may be repeated");
  command->add_option("--model-out", options.model_out_path, "Write what was learnt of the sites");
  command
      ->add_option("--unit", state->units,
                   "What of a corpus repeats: paragraph (default), sentence, span (of words)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--paragraph-end", state->paragraph_end,
                   "What parts paragraphs; auto decides by text: blank lines, else lines that were "
                   "not wrapped")
      ->type_name("auto|blank-line|line")
      ->capture_default_str();
  command->add_option("--min-bytes", state->least_bytes,
                      "Shortest paragraph (default 100) or sentence (40) that can repeat");
  command
      ->add_option("--min-count", options.least_count,
                   "Copies in the corpus that make paragraphs and sentences repeated")
      ->capture_default_str();
  command
      ->add_option("--min-sites", options.least_sites,
                   "Sites (see --site-field) that must have a paragraph or sentence")
      ->capture_default_str();
  command->add_option("--near", options.near,
                      "Near-equal paragraphs repeat, too: least share of what two have in common "
                      "(Jaccard similarity of shingles), such as 0.8");
  command
      ->add_option("--shingle-size", options.near_shingles.size,
                   "Words in a shingle; with 2 a changed word costs two shingles")
      ->capture_default_str();
  command->add_option("--min-tokens", state->least_tokens,
                      "Shortest span that can repeat, in words (default 50, at least 4)");
  command
      ->add_option("--span-bounds", state->bounds, "Spans are cut as whole sentences, or as words")
      ->type_name("sentence|word")
      ->capture_default_str();
  command
      ->add_option("--keep", state->keep,
                   "Copies of what repeats over the corpus to keep: first, none, N")
      ->capture_default_str();
  command->add_flag("--exact-numbers", state->exact,
                    "Paragraphs and sentences that differ in numbers are different");
  state->flags.add_to(*command);
  state->flags.add_output_folder(*command, options.output_path);
  state->flags.add_resume(*command);
  command->footer(
      "Examples:\n"
      "  copydesk blocks crawl.jsonl.zst --cut -o clean.jsonl.zst --model-out sites.model\n"
      "  copydesk blocks crawl.jsonl.zst --scope site,corpus -o blocks.jsonl --html blocks.html\n"
      "  copydesk blocks notes/ --scope corpus | jq -c 'select(.count > 10)'\n"
      "  copydesk blocks notes/ --scope corpus --near 0.8 --cut -o clean.jsonl\n"
      "  copydesk blocks crawl.jsonl.zst --scope corpus --min-tokens 50 --cut -o clean.jsonl.zst");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
