#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/compare/compare.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/json_text.h"
#include "exit_code.h"
#include "side_by_side.h"
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

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100.0 * share);
}

std::string for_people(const CompareCommand& command, const LoadedDocument& a,
                       const LoadedDocument& b, const Comparison& comparison) {
  std::string text;
  const auto out = std::back_inserter(text);
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? std::string("-")
                      : percent(static_cast<double>(part) / static_cast<double>(whole));
  };
  fmt::format_to(out, "A  {} ({})\nB  {} ({})\n\n", printable(a.name),
                 counted(comparison.tokens_a, "word"), printable(b.name),
                 counted(comparison.tokens_b, "word"));
  fmt::format_to(out, "same text              {}\n",
                 comparison.same_bytes    ? "yes, to the byte"
                 : comparison.same_tokens ? "yes, word for word"
                                          : "no");
  fmt::format_to(out,
                 "Jaccard                {:.4f}  ({} of {} {} {}-grams; sketches say {:.2f})\n",
                 comparison.overlap.jaccard(), format_count(comparison.overlap.shared),
                 format_count(std::uint64_t{comparison.overlap.size_a} + comparison.overlap.size_b -
                              comparison.overlap.shared),
                 command.shingle == "char" ? "character" : "word", command.options.shingles.size,
                 comparison.estimated_jaccard);
  fmt::format_to(out, "share of A found in B  {}\nshare of B found in A  {}\n",
                 share(comparison.overlap.shared, comparison.overlap.size_a),
                 share(comparison.overlap.shared, comparison.overlap.size_b));
  fmt::format_to(out, "in shared passages     {}: {} of A, {} of B\n",
                 counted(comparison.shared_tokens, "word"),
                 share(comparison.shared_tokens, comparison.tokens_a),
                 share(comparison.shared_tokens, comparison.tokens_b));
  fmt::format_to(out, "longest run            {}\n", counted(comparison.longest_run, "word"));
  fmt::format_to(out, "6-word grams shared    {}\n", format_count(comparison.shared_grams));
  fmt::format_to(out, "SimHash                {} of 64 bits differ\n", comparison.simhash_distance);
  fmt::format_to(out, "A to B                 {}\n",
                 comparison.relation ? to_string(*comparison.relation) : "nothing in common");
  if (const PairEvidence& evidence = comparison.evidence; evidence.numbers > 0) {
    fmt::format_to(out, "numbers in passages    {}, {} of them equal{}\n",
                   format_count(evidence.numbers), percent(evidence.number_agreement),
                   comparison.is_serial_report       ? ": a form filled in twice (template)"
                   : evidence.slots.are_counters() ? ": counted anew"
                                                     : "");
  }
  fmt::format_to(out, "\n{} of {} and more\n",
                 counted(comparison.passages.size(), "shared passage"),
                 counted(command.options.minimum_tokens, "word"));
  for (const ComparedPassage& passage : comparison.passages) {
    fmt::format_to(out, "\n{}, {}  A {}-{}  B {}-{}\n", counted(passage.tokens, "equal word"),
                   percent(passage.similarity), passage.a.begin, passage.a.end, passage.b.begin,
                   passage.b.end);
    append_side_by_side(text, passage, a.text, b.text, command.layout);
  }
  return text;
}

std::string for_programs(const LoadedDocument& a, const LoadedDocument& b,
                         const Comparison& comparison) {
  std::string text = "{\"a\":";
  const auto out = std::back_inserter(text);
  append_json_string(text, a.name);
  text += ",\"b\":";
  append_json_string(text, b.name);
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

constexpr std::size_t kNarrowest = 24;

int run(CompareCommand& command) {
  if (command.shingle != "word" && command.shingle != "char") {
    throw Error(ErrorCode::kInvalidOption, "is neither word nor char", "--shingle");
  }
  if (command.layout.width < kNarrowest) {
    throw Error(ErrorCode::kInvalidOption, "must be at least 24", "--width");
  }
  if (command.all_rows) command.layout.most_equal_rows = ~std::size_t{0};
  if (command.shingle == "char") command.options.shingles.unit = ShingleUnit::kCharacter;
  command.corpus.reading.source.stop = &stop_requested();
  const LoadedDocument a = load_document(command.a, command.corpus);
  const LoadedDocument b = load_document(command.b, command.corpus);
  command.options.stop = StopFlag(&stop_requested());
  const Comparison comparison = compare_texts(a.text, b.text, command.options);
  const std::unique_ptr<ByteSink> output = open_byte_sink("-");
  output->write(command.json ? for_programs(a, b, comparison)
                             : for_people(command, a, b, comparison));
  output->commit();
  return kDone;
}

}  // namespace

void add_compare_command(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("compare", "Two documents: all measures and the passages they share");
  const auto state = std::make_shared<CompareCommand>();
  command->add_option("A", state->a, "A text file, FILE.jsonl:LINE, or with --in an id")
      ->required();
  command->add_option("B", state->b, "The other")->required();
  command->add_option("--in", state->corpus.inputs, "Look A and B up by id in these files")
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
      "  copydesk compare --in news.jsonl.zst -- 4711 4712");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
