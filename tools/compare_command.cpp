#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "command.h"
#include "comparison_text.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/compare/compare.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/record_place.h"
#include "exit_code.h"
#include "signals.h"

namespace copydesk::tools {

namespace {

struct CompareCommand {
  std::string a, b;
  CorpusOptions corpus;
  CompareOptions options;
  std::string shingle = "word";
  ColumnLayout layout;
  bool all_rows = false;
  bool json = false;
};

std::string for_programs(const LoadedDocument& a, const LoadedDocument& b,
                         const Comparison& comparison) {
  std::string text = "{";
  const auto out = std::back_inserter(text);
  append_place(text, "a", "a_", {a.name, a.file, a.line});
  text += ',';
  append_place(text, "b", "b_", {b.name, b.file, b.line});
  fmt::format_to(out, ",\"tokens_a\":{},\"tokens_b\":{},\"same_bytes\":{},\"same_tokens\":{}",
                 comparison.tokens_a, comparison.tokens_b, comparison.same_bytes,
                 comparison.same_tokens);
  const auto add = [&](const char* name, double value) {
    fmt::format_to(out, ",\"{}\":", name);
    append_json_share(text, value);
  };
  add("jaccard", comparison.overlap.jaccard());
  add("containment_a", comparison.overlap.containment_a());
  add("containment_b", comparison.overlap.containment_b());
  add("estimated_jaccard", comparison.estimated_jaccard);
  fmt::format_to(out, ",\"shared_tokens\":{},\"longest_run\":{},\"shared_grams\":{}",
                 comparison.shared_tokens, comparison.longest_run, comparison.shared_grams);
  fmt::format_to(out, ",\"simhash_distance\":{},\"relation\":", comparison.simhash_distance);
  if (comparison.relation) {
    append_json_string(text, to_string(*comparison.relation));
  } else {
    text += "null";
  }
  const PairEvidence& evidence = comparison.evidence;
  fmt::format_to(out, ",\"numbers\":{}", evidence.numbers);
  if (evidence.numbers > 0) {
    add("number_agreement", evidence.number_agreement);
    add("differing_numbers", evidence.differing_numbers);
    fmt::format_to(out, ",\"number_slots\":{},\"counters\":{},\"serial_report\":{}",
                   evidence.slots.slots, evidence.slots.are_counters(),
                   comparison.is_serial_report);
  }
  text += ",\"passages\":[";
  for (std::size_t i = 0; i < comparison.passages.size(); ++i) {
    const ComparedPassage& passage = comparison.passages[i];
    fmt::format_to(out, "{}{{\"a_begin\":{},\"a_end\":{},\"b_begin\":{},\"b_end\":{},\"tokens\":{}",
                   i > 0 ? "," : "", passage.a.begin, passage.a.end, passage.b.begin, passage.b.end,
                   passage.tokens);
    add("similarity", passage.similarity);
    text += ",\"equal\":[";
    for (std::size_t part = 0; part < passage.equal.size(); ++part) {
      const EqualPart& equal = passage.equal[part];
      fmt::format_to(out, "{}[{},{},{},{}]", part > 0 ? "," : "", equal.a.begin, equal.a.end,
                     equal.b.begin, equal.b.end);
    }
    text += "]}";
  }
  return text + "]}\n";
}

int run(CompareCommand& command) {
  if (command.shingle != "word" && command.shingle != "char") {
    throw Error(ErrorCode::kInvalidOption, "is neither word nor char", "--shingle");
  }
  check_width(command.layout);
  if (command.all_rows) command.layout.most_equal_rows = ~std::size_t{0};
  if (command.shingle == "char") command.options.shingles.unit = ShingleUnit::kCharacter;
  command.corpus.reading.source.stop = &stop_requested();
  const LoadedDocument a = load_document(command.a, command.corpus);
  const LoadedDocument b = load_document(command.b, command.corpus);
  command.options.stop = StopFlag(&stop_requested());
  const Comparison comparison = compare_texts(a.text, b.text, command.options);
  const std::unique_ptr<ByteSink> output = open_byte_sink("-");
  output->write(command.json ? for_programs(a, b, comparison)
                             : comparison_text(a, b, comparison, command.options, command.layout));
  output->commit();
  return kDone;
}

}  // namespace

void add_compare_command(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("compare", "Two documents: all measures and the passages they share");
  const auto state = std::make_shared<CompareCommand>();
  command->add_option("A", state->a, "A text file, FILE.jsonl:LINE, or with --in an id or FILE:LINE")
      ->required();
  command->add_option("B", state->b, "The other")->required();
  command->add_option("--in", state->corpus.inputs, "Look A and B up in these files or folders")
      ->expected(1, -1);
  command->add_option("--text-field", state->corpus.fields.text, "Field with the text")
      ->capture_default_str();
  command->add_option("--id-field", state->corpus.fields.id, "Field with the id")
      ->capture_default_str();
  command->add_option("--shingle", state->shingle, "Compare by word or char n-grams")
      ->capture_default_str();
  command->add_option("--shingle-size", state->options.shingles.size, "Words in a shingle")
      ->capture_default_str();
  command
      ->add_option("--min-tokens", state->options.minimum_tokens,
                   "Shortest passage to show, in equal words")
      ->capture_default_str();
  command->add_option("--width", state->layout.width, "Cells in a row of the two columns")
      ->capture_default_str();
  command->add_flag("--all", state->all_rows, "Also the rows of long stretches that are equal");
  command->add_flag("--json", state->json, "One JSON object instead of text");
  command->footer(
      "Examples:\n"
      "  copydesk compare draft.txt printed.txt\n"
      "  copydesk compare --in news.jsonl.zst -- 4711 news.jsonl.zst:2");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
