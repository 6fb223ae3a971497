// SPDX-License-Identifier: Apache-2.0
//
// `why`: from the report of a dedup run to its decisions, and from a decision to both texts.
#include <fmt/format.h>
#include <simdjson.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "command.h"
#include "comparison_text.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/compare/compare.h"
#include "copydesk/stream/byte_sink.h"
#include "evaluate_input.h"
#include "exit_code.h"
#include "signals.h"

namespace copydesk::tools {
namespace {

// Of the records that were removed in favor of one, so many are listed.
constexpr std::size_t kMostListed = 20;

struct WhyCommand {
  std::string record;
  std::string report_path;
  ColumnLayout layout;
  bool all_rows = false;
};

// A line of the decisions.
struct NamedDecision {
  struct Place {
    std::string id, file;
    std::size_t line = 0;
    [[nodiscard]] bool is(const std::string& name) const {
      return name == id || (!file.empty() && name == fmt::format("{}:{}", file, line));
    }
    [[nodiscard]] std::string shown() const {
      const std::string place = fmt::format("{}:{}", file, line);
      return printable(id == place || file.empty() ? id : fmt::format("{}  ({})", id, place));
    }
  };
  Place removed, kept;
  std::string rule, passage;
};

// What `why` needs to know of a run.
struct RunRecord {
  std::string decisions_path;
  CorpusOptions corpus;
  CompareOptions compare;
  bool by_characters = false;
};

class ReportReader {
 public:
  explicit ReportReader(const std::string& path) : path_(path) {
    const auto error = parser_.load(path).get(report_);
    if (error == simdjson::IO_ERROR) throw Error(ErrorCode::kCannotOpen, "cannot be read", path);
    if (error != simdjson::SUCCESS) fail("is no report: not JSON");
  }

  RunRecord read() {
    if (text({"command"}) != "dedup") fail("is no report of dedup");
    RunRecord run;
    run.decisions_path = text({"outputs", "--decisions"});
    if (run.decisions_path.empty()) fail("says of no decisions: run dedup with --decisions FILE");
    for (const char* const list : {"inputs", "against"}) add_inputs(list, run.corpus.inputs);
    const auto format = parse_input_format(text({"reading", "format"}));
    if (!format) fail("says of no format");
    run.corpus.format = *format;
    FieldNames& fields = run.corpus.fields;
    fields.text = text({"reading", "text_field"});
    fields.id = text({"reading", "id_field"});
    run.corpus.reading.conversion.all_text = text({"reading", "main_text"}) == "all";
    run.corpus.reading.conversion.encoding = text({"reading", "encoding"});
    run.by_characters = text({"parameters", "shingle"}) == "character";
    if (run.by_characters) run.compare.shingles.unit = ShingleUnit::kCharacter;
    std::uint64_t size = 0;
    if (report_["parameters"]["shingle_size"].get(size) == simdjson::SUCCESS && size > 0) {
      run.compare.shingles.size = size;
    }
    return run;
  }

 private:
  [[noreturn]] void fail(const char* reason) const {
    throw Error(ErrorCode::kCorruptFile, reason, path_);
  }

  [[nodiscard]] std::string text(std::initializer_list<std::string_view> names) const {
    simdjson::dom::element value = report_;
    std::string_view found;
    for (const std::string_view name : names) {
      if (value[name].get(value) != simdjson::SUCCESS) return {};
    }
    return value.get(found) == simdjson::SUCCESS ? std::string(found) : std::string();
  }

  void add_inputs(const char* name, std::vector<std::string>& inputs) const {
    simdjson::dom::array list;
    if (report_[name].get(list) != simdjson::SUCCESS) return;
    for (const simdjson::dom::element input : list) {
      std::string_view path;
      if (input.get(path) == simdjson::SUCCESS) inputs.emplace_back(path);
    }
  }

  std::string path_;
  simdjson::dom::parser parser_;
  simdjson::dom::element report_;
};

NamedDecision::Place place_in(const JsonRecord& record, const std::string& prefix) {
  return {record.id(prefix + "id").value_or(""), record.text(prefix + "file").value_or(""),
          record.number(prefix + "line").value_or(record.number(prefix + "row").value_or(0))};
}

// The decisions on a record, and those in favor of it.
struct FoundDecisions {
  std::vector<NamedDecision> removed;
  std::vector<NamedDecision> in_favor;  // the first kMostListed of them
  std::uint64_t favored = 0;
};

FoundDecisions find_decisions(const std::string& path, const std::string& record) {
  FoundDecisions found;
  FaultLog faults;
  for_each_record(path, faults, [&](const JsonRecord& line) -> std::string {
    NamedDecision decision{place_in(line, ""), place_in(line, "kept_"), {}, {}};
    const bool is_removed = decision.removed.is(record);
    if (!is_removed && !decision.kept.is(record)) return {};
    decision.rule = line.text("rule").value_or("");
    decision.passage = line.text("shared_passage").value_or("");
    if (is_removed) {
      found.removed.push_back(std::move(decision));
    } else if (++found.favored <= kMostListed) {
      found.in_favor.push_back(std::move(decision));
    }
    return {};
  });
  faults.finish();
  return found;
}

LoadedDocument load(const NamedDecision::Place& place, const CorpusOptions& corpus) {
  CorpusOptions one = corpus;
  if (place.file.empty()) return load_document(place.id, one);
  one.inputs = {place.file};
  return load_document(fmt::format("{}:{}", place.file, place.line), one);
}

std::string explain(const NamedDecision& decision, RunRecord& run, const WhyCommand& command) {
  std::string text = fmt::format("removed   {}\nkept      {}\nrule      {}\n\n",
                                 decision.removed.shown(), decision.kept.shown(),
                                 printable(decision.rule));
  if (decision.removed.file == "-" || decision.kept.file == "-") {
    return text + fmt::format("the texts came from standard input; the passage they share begins\n{}\n",
                              printable(decision.passage));
  }
  const LoadedDocument a = load(decision.removed, run.corpus);
  const LoadedDocument b = load(decision.kept, run.corpus);
  const Comparison comparison = compare_texts(a.text, b.text, run.compare);
  return text + comparison_text(a, b, comparison, run.compare, command.layout);
}

std::string explain_kept(const FoundDecisions& found, const std::string& record, RunRecord& run) {
  if (found.favored == 0) {
    // Nobody says that there is such a record but the input itself.
    const LoadedDocument document = load_document(record, run.corpus);
    return fmt::format("kept      {}\nnothing was removed in its favor\n",
                       NamedDecision::Place{document.name, document.file, document.line}.shown());
  }
  std::string text = fmt::format("kept      {}\n{} in its favor:\n",
                                 found.in_favor.front().kept.shown(),
                                 found.favored == 1 ? "1 record was removed"
                                                    : fmt::format("{} records were removed",
                                                                  found.favored));
  for (const NamedDecision& decision : found.in_favor) {
    text += fmt::format("  {}  {}\n", decision.removed.shown(), printable(decision.rule));
  }
  if (found.favored > found.in_favor.size()) {
    text += fmt::format("  and {} more\n", found.favored - found.in_favor.size());
  }
  return text;
}

int run(WhyCommand& command) {
  if (command.all_rows) command.layout.most_equal_rows = ~std::size_t{0};
  check_width(command.layout);
  RunRecord record = ReportReader(command.report_path).read();
  record.corpus.reading.source.stop = &stop_requested();
  record.compare.stop = StopFlag(&stop_requested());
  const FoundDecisions found = find_decisions(record.decisions_path, command.record);
  std::string text;
  for (const NamedDecision& decision : found.removed) {
    if (!text.empty()) text += "\n\n";
    text += explain(decision, record, command);
  }
  if (found.removed.empty()) text = explain_kept(found, command.record, record);
  const std::unique_ptr<ByteSink> output = open_byte_sink("-");
  output->write(text);
  output->commit();
  return kDone;
}

}  // namespace

void add_why_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "why", "Why dedup removed a record: the decision, and both texts side by side");
  const auto state = std::make_shared<WhyCommand>();
  command->add_option("ID", state->record, "The id of a record, or FILE:LINE")->required();
  command
      ->add_option("--report", state->report_path,
                   "What the run wrote with --report; its inputs and decisions must still be there")
      ->required();
  command->add_option("--width", state->layout.width, "Cells in a row of the two columns")
      ->capture_default_str();
  command->add_flag("--all", state->all_rows, "Also the rows of long stretches that are equal");
  command->footer(
      "Examples:\n"
      "  copydesk why 4712 --report run.json\n"
      "  copydesk why crawl/a.jsonl:4 --report run.json --all");
  command->callback([state, &exit_code] { exit_code = run(*state); });
}

}  // namespace copydesk::tools
