// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "command.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "corpus_flags.h"
#include "mask_flags.h"

namespace copydesk::tools {
namespace {

struct SummarizeCommand {
  CorpusFlags flags;
  MaskFlags mask;
  SummarizeOptions options;
  std::string method = "directed";
  std::string dangling = "avoid";
  std::string quotations = "split";
  std::string form = "auto";
  std::string join = "space";
  std::string as = "auto";
  std::string family;
  std::string language_field = "lang";
  std::size_t sentences = 0, words = 0, characters = 0, bytes = 0;
};

template <class Value>
Value choose(const std::string& name, const std::string& option,
             std::initializer_list<std::pair<const char*, Value>> choices) {
  std::string known;
  for (const auto& [choice, value] : choices) {
    if (name == choice) return value;
    known += known.empty() ? choice : std::string(", ") + choice;
  }
  throw Error(ErrorCode::kInvalidOption, "\"" + name + "\" is not one of " + known, option);
}

// What a name says that nobody gives to JSON Lines.
SummaryForm form_by_name(std::string_view path) {
  for (const std::string_view end : {".gz", ".zst"}) {
    if (path.ends_with(end)) path.remove_suffix(end.size());
  }
  if (path.ends_with(".html") || path.ends_with(".htm")) return SummaryForm::kHtml;
  return path.ends_with(".md") ? SummaryForm::kMarkdown : SummaryForm::kAuto;
}

void finish(SummarizeCommand& command, const CLI::App& app) {
  SummarizeOptions& options = command.options;
  command.flags.finish();
  options.corpus = command.flags.corpus;
  options.mask = command.mask.options(options.corpus);
  const std::optional<RankMethod> method = parse_rank_method(command.method);
  if (!method) {
    throw Error(
        ErrorCode::kInvalidOption,
        "\"" + command.method +
            "\" is not one of directed, lexrank, lexrank-continuous, textrank, bm25, pacsum, "
            "centroid, sumbasic, submodular, lead",
        "--method");
  }
  SummaryOptions& summary = options.summary;
  summary.method = *method;
  summary.centrality.follows_budget = app.count("--direction") == 0;
  SelectionOptions& selection = summary.selection;
  selection.avoid_dangling =
      choose<bool>(command.dangling, "--dangling", {{"avoid", true}, {"keep", false}});
  summary.splitting.quotations =
      choose<Quotations>(command.quotations, "--quotations",
                         {{"split", Quotations::kSplit}, {"keep", Quotations::kKeepTogether}});
  options.form = choose<SummaryForm>(command.form, "--output-format",
                                     {{"auto", SummaryForm::kAuto},
                                      {"jsonl", SummaryForm::kJsonLines},
                                      {"text", SummaryForm::kText},
                                      {"markdown", SummaryForm::kMarkdown},
                                      {"html", SummaryForm::kHtml}});
  if (options.form == SummaryForm::kAuto) options.form = form_by_name(options.output_path);
  const bool is_for_readers =
      options.form == SummaryForm::kMarkdown || options.form == SummaryForm::kHtml;
  if (is_for_readers && options.explain) {
    throw Error(ErrorCode::kInvalidOption,
                "needs --output-format jsonl or text; --html FILE shows each sentence in its text",
                "--explain");
  }
  options.pages = choose<PageMode>(
      command.as, "--as",
      {{"auto", PageMode::kAuto}, {"page", PageMode::kPage}, {"article", PageMode::kArticle}});
  options.separator =
      choose<const char*>(command.join, "--join", {{"space", " "}, {"newline", "\n"}});
  selection.separator_bytes = options.separator.size();
  options.by_family = !command.family.empty();
  if (!options.corpus.output_folder.empty()) {
    if (options.by_family) {
      throw Error(ErrorCode::kInvalidOption, "a family may be of several inputs: use --output",
                  "--output-dir");
    }
    if (options.form != SummaryForm::kAuto && options.form != SummaryForm::kJsonLines) {
      throw Error(ErrorCode::kInvalidOption, "holds JSON Lines only", "--output-dir");
    }
    options.form = SummaryForm::kJsonLines;
  }
  options.corpus.fields.order = options.by_family ? command.family : command.language_field;

  BudgetOptions& budget = selection.budget;
  const auto set_limit = [&app](const char* name, std::size_t value, std::size_t& limit) {
    if (app.count(name) == 0) return;
    if (value == 0) throw Error(ErrorCode::kInvalidOption, "a budget is at least 1", name);
    limit = value;
  };
  set_limit("--sentences", command.sentences, budget.sentences);
  set_limit("--words", command.words, budget.words);
  set_limit("--chars", command.characters, budget.characters);
  set_limit("--bytes", command.bytes, budget.bytes);
  if (app.count("--ratio") > 0 && !(budget.ratio > 0.0 && budget.ratio <= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "a ratio is in (0, 1]", "--ratio");
  }
  const bool has_budget = app.count("--sentences") + app.count("--words") + app.count("--chars") +
                              app.count("--bytes") + app.count("--ratio") >
                          0;
  if (!has_budget) budget.sentences = 3;
}

std::string describe(const SummarizeOptions& options, const SummarizeResult& result) {
  const SummarizeSummary& summary = result.summary;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "read      {}, {}\n", counted(summary.documents, "document"),
                 format_bytes(static_cast<double>(summary.bytes)));
  if (summary.pages > 0 && options.pages == PageMode::kAuto) {
    fmt::format_to(
        out, "pages     {} with {}; the rest are articles (--as page or article decides)\n",
        counted(summary.pages, "document"), counted(summary.stories, "story", "stories"));
  }
  fmt::format_to(out, "wrote     {} of {}", counted(summary.abstracts, "abstract"),
                 counted(summary.chosen, "sentence"));
  const std::string& folder = options.corpus.output_folder;
  const std::string& path = folder.empty() ? options.output_path : folder;
  if (path != "-") fmt::format_to(out, " to {}", printable(path));
  fmt::format_to(out, "\n");
  if (summary.empty > 0) {
    fmt::format_to(out, "empty     {} without words\n", format_count(summary.empty));
  }
  if (summary.without_term > 0) {
    fmt::format_to(out, "missing   {} without a term that must be there\n",
                   counted(summary.without_term, "abstract"));
  }
  text += written_lines({options.html_path, options.idf_out_path});
  return text + cost_line(result.report, summary.bytes);
}

int run(SummarizeCommand& command, const CLI::App& app) {
  finish(command, app);
  CorpusRun corpus_run(command.flags);
  const SummarizeResult result = run_summarize(command.options, corpus_run.control());
  return corpus_run.finish(result.report, describe(command.options, result), result.summary.faults);
}

void add_ranking(CLI::App& command, SummarizeCommand& state) {
  SummaryOptions& summary = state.options.summary;
  const auto add = [&command](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group("Ranking")->capture_default_str();
  };
  add("--method", state.method,
      "directed, or for comparison lexrank, lexrank-continuous, textrank, bm25, pacsum, centroid, "
      "sumbasic, submodular, lead");
  add("--idf", state.options.idf_path,
      "Term counts of an earlier run; saves a pass over the input");
  add("--idf-out", state.options.idf_out_path, "Write the term counts of this input");
  add("--stem", summary.stem,
      "Terms are stems of words of this language: en, de, fr, es, ...; auto: of each text's own");
  add("--direction", summary.centrality.direction,
      "Share of what precedes a sentence, -1 to 1 (default: 0.5, up to 1.5 less for long "
      "abstracts)");
  add("--tf-exponent", summary.centrality.tf_exponent, "Terms count as occurrences to this power");
  add("--norm-exponent", summary.centrality.norm_exponent, "0 dot product to 1 cosine");
  add("--idf-exponent", summary.centrality.idf_exponent, "Terms weigh by IDF to this power");
  add("--title-weight", summary.weights.title, "Weight of likeness to the title");
  add("--position-weight", summary.weights.position, "Weight of standing early");
  add("--quotation-penalty", summary.weights.quotation, "Taken off sentences with quotations");
  add("--number-weight", summary.weights.number, "Weight of holding a number");
  add("--question-penalty", summary.weights.question, "Taken off questions");
  add("--length-penalty", summary.weights.length, "Taken off for each word");
  add("--extent-weight", summary.weights.extent,
      "Weight of being longer than the mean, in long abstracts and where people talk");
  add("--novelty-weight", summary.weights.novelty, "Taken off for what chosen sentences have said");
  add("--query-weight", summary.weights.query, "Weight of likeness to the query");
  add("--threshold", summary.reference.threshold, "LexRank: cosines below do not count");
  add("--damping", summary.reference.damping, "LexRank, TextRank, BM25");
  add("--beta", summary.reference.beta, "PacSum: threshold of edges, share of their range");
  add("--lambda", summary.reference.lambda, "PacSum: weight of what precedes");
  add("--mmr", summary.selection.mmr, "Maximal marginal relevance: weight of relevance; 1 is off");
}

void add_choice(CLI::App& command, SummarizeCommand& state) {
  const auto limit = [&command](const char* name, std::size_t& value, const char* help) {
    command.add_option(name, value, help)->group("Length, all limits hold (default: 3 sentences)");
  };
  limit("-n,--sentences", state.sentences, "At most so many sentences");
  limit("-w,--words", state.words, "At most so many words");
  limit("--chars", state.characters, "At most so many characters");
  limit("--bytes", state.bytes, "At most so many bytes");
  command
      .add_option("--ratio", state.options.summary.selection.budget.ratio,
                  "At most this share of the words of the text")
      ->group("Length, all limits hold (default: 3 sentences)");
  const auto add = [&command](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group("Choice")->capture_default_str();
  };
  add("--dangling", state.dangling,
      "A sentence that opens on a pronoun or connective without its predecessor: avoid or keep");
  add("--query", state.options.summary.query, "What the abstract should be about");
  add("--must-include", state.options.summary.must_include,
      "A term that must be there, if the text has it and it fits; may be given several times");
  add("--family", state.family, "One abstract for all records with the same value of this field");
  add("--since", state.options.since,
      "Only what is new since these earlier versions (a file); with --family, since this time");
  add("--language", state.options.summary.splitting.language,
      "Language of all texts: en, de, fr, es, it, nl, pt, da, pl, cs, sk, ... (default: what the "
      "language field says, or else what the text looks like)");
  add("--quotations", state.quotations, "Quotations of several sentences: split or keep together");
}

}  // namespace

void add_summarize_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "summarize", "Abstracts of exact length from the sentences of the text itself");
  const auto state = std::make_shared<SummarizeCommand>();
  command->add_option("-o,--output", state->options.output_path, "Abstracts; .gz and .zst compress")
      ->capture_default_str();
  command
      ->add_option(
          "--as", state->as,
          "page (an abstract for each story, without captions, dates and notices), article "
          "(the whole text), or auto: each text decides")
      ->capture_default_str();
  command->add_option("--html", state->options.html_path,
                      "A page that shows the chosen sentences in their texts");
  command->add_option("--output-format", state->form,
                  "jsonl, text, markdown, html (a newsletter with an index), or auto: by the name of "
                  "--output (.md, .html), else as the input")
      ->type_name("auto|jsonl|text|markdown|html")
      ->capture_default_str();
  command->add_option("--join", state->join, "Between sentences: space or newline")
      ->capture_default_str();
  command->add_flag("--explain", state->options.explain,
                    "Every sentence with its score, its parts and what became of it");
  command
      ->add_option("--language-field", state->language_field,
                   "Field with the language of the text (with --family it is told from the text)")
      ->group("Input")
      ->capture_default_str();
  state->mask.add_to(*command);
  add_choice(*command, *state);
  add_ranking(*command, *state);
  state->flags.add_to(*command);
  state->flags.add_output_folder(*command, state->options.output_path);
  state->flags.add_resume(*command);
  command->footer(
      "Examples:\n"
      "  copydesk summarize article.txt --words 60\n"
      "  copydesk summarize page.txt --as page --output-format jsonl | jq -r .title\n"
      "  copydesk summarize news.jsonl.zst -n 3 --idf-out news.idf.zst -o abstracts.jsonl.zst\n"
      "  copydesk summarize news.jsonl --output-format html -o newsletter.html\n"
      "  copydesk summarize stories.jsonl --family story --words 100 --html abstracts.html");
  command->callback([state, command, &exit_code] { exit_code = run(*state, *command); });
}

}  // namespace copydesk::tools
