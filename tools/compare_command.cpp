#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/compare.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/result_lines.h"
#include "exit_code.h"

namespace copydesk::tools {

namespace {

struct CompareCommand {
  std::string a, b;
  CorpusOptions corpus;
  CompareOptions options;
  std::string shingle = "word";
  bool json = false;
};

// A passage as people want to see it: one line, its middle left out if it is long.
std::string shown_passage(std::string_view text) {
  constexpr std::size_t kShownBytes = 240;
  std::string line;
  bool blank = true;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) line.push_back(c);
    if (space && !blank) line.push_back(' ');
    blank = space;
  }
  if (line.size() > kShownBytes) {
    std::size_t tail = line.size() - kShownBytes / 3;
    while (tail < line.size() && (static_cast<unsigned char>(line[tail]) & 0xC0) == 0x80) ++tail;
    line = std::string(cut_between_characters(line, kShownBytes * 2 / 3)) + " [...] " +
           line.substr(tail);
  }
  return printable(line);
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

std::string for_people(const CompareCommand& command, const LoadedDocument& a,
                       const LoadedDocument& b, const Comparison& comparison) {
  std::string text;
  const auto out = std::back_inserter(text);
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? std::string("-")
                      : percent(static_cast<double>(part) / static_cast<double>(whole));
  };
  fmt::format_to(out, "A  {} ({} words)\nB  {} ({} words)\n\n", printable(a.name),
                 format_count(comparison.tokens_a), printable(b.name),
                 format_count(comparison.tokens_b));
  fmt::format_to(out, "same text              {}\n", comparison.same_bytes    ? "yes, to the byte"
                                                     : comparison.same_tokens ? "yes, word for word"
                                                                              : "no");
  fmt::format_to(out, "Jaccard                {:.4f}  ({} of {} {} {}-grams; sketches say {:.2f})\n",
                 comparison.overlap.jaccard(), format_count(comparison.overlap.shared),
                 format_count(std::uint64_t{comparison.overlap.size_a} +
                              comparison.overlap.size_b - comparison.overlap.shared),
                 command.shingle == "char" ? "character" : "word", command.options.shingles.size,
                 comparison.estimated_jaccard);
  fmt::format_to(out, "share of A found in B  {}\nshare of B found in A  {}\n",
                 percent(comparison.overlap.containment_a()),
                 percent(comparison.overlap.containment_b()));
  fmt::format_to(out, "in shared passages     {} words: {} of A, {} of B\n",
                 format_count(comparison.shared_tokens),
                 share(comparison.shared_tokens, comparison.tokens_a),
                 share(comparison.shared_tokens, comparison.tokens_b));
  fmt::format_to(out, "\n{} shared passage{} of {} words and more\n", comparison.passages.size(),
                 comparison.passages.size() == 1 ? "" : "s", command.options.minimum_tokens);
  for (const SharedSpan& passage : comparison.passages) {
    fmt::format_to(out, "\n{} words  A {}-{}  B {}-{}\n  {}\n", passage.tokens, passage.a.begin,
                   passage.a.end, passage.b.begin, passage.b.end,
                   shown_passage(passage.a.of(a.text)));
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
  fmt::format_to(out, ",\"shared_tokens\":{},\"passages\":[", comparison.shared_tokens);
  for (std::size_t i = 0; i < comparison.passages.size(); ++i) {
    const SharedSpan& passage = comparison.passages[i];
    fmt::format_to(out,
                   "{}{{\"a_begin\":{},\"a_end\":{},\"b_begin\":{},\"b_end\":{},\"tokens\":{}}}",
                   i > 0 ? "," : "", passage.a.begin, passage.a.end, passage.b.begin,
                   passage.b.end, passage.tokens);
  }
  return text + "]}\n";
}

int run(CompareCommand& command) {
  if (command.shingle != "word" && command.shingle != "char") {
    throw Error(ErrorCode::kInvalidOption, "is neither word nor char", "--shingle");
  }
  if (command.shingle == "char") command.options.shingles.unit = ShingleUnit::kCharacter;
  const LoadedDocument a = load_document(command.a, command.corpus);
  const LoadedDocument b = load_document(command.b, command.corpus);
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
  command->add_option("A", state->a, "A text file, FILE.jsonl:LINE, or with --in an id")->required();
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
                   "Shortest passage to show, in words")
      ->capture_default_str();
  command->add_flag("--json", state->json, "One JSON object instead of text");
  command->footer(
      "Examples:\n"
      "  copydesk compare draft.txt printed.txt\n"
      "  copydesk compare --in news.jsonl.zst -- 4711 4712");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
