// SPDX-License-Identifier: Apache-2.0
//
// evaluate rouge.
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/evaluate/bootstrap.h"
#include "copydesk/evaluate/rouge.h"
#include "copydesk/read/name_table.h"
#include "evaluate_measure.h"

namespace copydesk::tools {
namespace {

namespace fs = std::filesystem;

// Files of a folder by name, hidden ones left out.
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (entry->is_regular_file() && !name.starts_with('.')) names.push_back(name);
  }
  if (error) throw Error(ErrorCode::kCannotOpen, error.message(), folder);
  std::sort(names.begin(), names.end());
  return names;
}

class RougeCommand final : public EvaluateMeasure {
 public:
  explicit RougeCommand(int& exit_code)
      : EvaluateMeasure("Summaries: ROUGE-1 to 9, L, Lsum as by rouge_score, with intervals",
                        "rouge", exit_code) {
    add_option("--compare", compare_, "A second system's summaries, for a paired comparison")
        ->type_name("FILE");
    add_option(
        "--measures", measures_,
        "Any of rouge1 to rouge9, rougeL, rougeLsum (default: rouge1,rouge2,rougeL,rougeLsum)")
        ->delimiter(',')
        ->check([](const std::string& name) {
          return parse_rouge_measure(name) ? std::string() : "no such measure: " + name;
        })
        ->type_name("NAME");
    add_flag("--stem", stem_, "Stem English words of more than 3 letters, as rouge_score does");
    add_option("--tokens", tokens_,
               "ascii: a-z and 0-9 only, as rouge_score (default); unicode: any script")
        ->check(CLI::IsMember({"ascii", "unicode"}))
        ->type_name("RULE");
    add_option("--bootstrap", bootstrap_.resamples,
               "Resamples for the intervals, 0 for none (default: 1000)")
        ->type_name("COUNT");
    add_option("--confidence", bootstrap_.confidence, "Confidence of the intervals (default: 0.95)")
        ->check(CLI::Range(0.5, 0.9999))
        ->type_name("SHARE");
    add_option("--seed", bootstrap_.seed, "Seed of the resampling (default: 1)")
        ->type_name("NUMBER");
    add_option("--id-field", id_field_, "Field that joins the two sides (default: id)")
        ->type_name("NAME");
    add_option("--truth-field", truth_field_,
               "One reference: a string, or a list of sentences (default: the first there is of "
               "references, highlights, summary)")
        ->type_name("NAME");
    add_option("--references-field", references_field_, "Several references: a list of either")
        ->excludes("--truth-field")
        ->type_name("NAME");
    add_option("--result-field", result_field_, "Field of the summaries (default: summary)")
        ->type_name("NAME");
    add_flag("--lines", lines_, "Plain text: one summary a line, joined by line number");
    add_option("--line-break", line_break_, "With --lines: what separates sentences, as in <q>")
        ->needs("--lines")
        ->type_name("TEXT");
    footer(
        "Two folders are compared file by file: one summary a file, or with --lines a line.\n"
        "A summary that is missing counts as empty.\n"
        "Examples:\n"
        "  copydesk evaluate rouge --stem --truth articles.jsonl --result abstracts.jsonl\n"
        "  copydesk evaluate rouge --truth gold.txt --result a.txt --compare b.txt --lines");
  }

 private:
  // By number of the id.
  using References = std::vector<std::vector<std::string>>;
  struct Summary {
    bool present = false;
    std::string text;
  };

  void score(EvaluateReport& report) override {
    RougeOptions options;
    if (!measures_.empty()) {
      options.measures.clear();
      for (const std::string& name : measures_) {
        options.measures.push_back(parse_rouge_measure(name).value());
      }
    }
    options.stem = stem_;
    options.tokens = tokens_ == "unicode" ? RougeTokens::kUnicode : RougeTokens::kAscii;

    NameTable ids;
    const References references = read_references(ids);
    std::uint64_t missing = 0, unknown = 0;
    const std::vector<double> first =
        score_all(result_, ids, references, options, missing, unknown);
    report.add("summaries", references.size());
    report.add("missing_summaries", missing);
    report.add("unknown_summaries", unknown);
    add_scores(report, options, first);
    if (compare_.empty()) return;

    missing = unknown = 0;
    const std::vector<double> second =
        score_all(compare_, ids, references, options, missing, unknown);
    report.add("compared_missing_summaries", missing);
    report.add("compared_unknown_summaries", unknown);
    add_comparison(report, options, first, second);
  }

  // Precision, recall and F1 of every measure: the columns of a row per summary.
  std::vector<double> score_all(const std::string& path, const NameTable& ids,
                                const References& references, const RougeOptions& options,
                                std::uint64_t& missing, std::uint64_t& unknown) {
    const std::vector<Summary> summaries = read_summaries(path, ids, unknown);
    RougeScorer scorer(options);
    std::vector<double> table;
    table.reserve(references.size() * options.measures.size() * 3);
    for (std::size_t i = 0; i < references.size(); ++i) {
      if (!summaries[i].present) ++missing;
      for (const RougeScore& score : scorer.score(references[i], summaries[i].text)) {
        table.insert(table.end(), {score.precision, score.recall, score.f1});
      }
    }
    return table;
  }

  void add_scores(EvaluateReport& report, const RougeOptions& options,
                  const std::vector<double>& table) const {
    const std::size_t columns = options.measures.size() * 3;
    BootstrapOptions bootstrap = bootstrap_;
    bootstrap.resamples = std::max<std::size_t>(1, bootstrap_.resamples);
    const auto intervals = bootstrap_means(table, columns, bootstrap);
    std::vector<std::string> names = {"precision", "recall", "f1"};
    if (bootstrap_.resamples > 0) names.insert(names.end(), {"f1_low", "f1_high"});
    report.begin_table("scores", names);
    for (std::size_t m = 0; m < options.measures.size(); ++m) {
      const BootstrapInterval* interval = &intervals[m * 3];
      std::vector<ReportValue> values = {interval[0].mean, interval[1].mean, interval[2].mean};
      if (bootstrap_.resamples > 0) {
        values.emplace_back(interval[2].low);
        values.emplace_back(interval[2].high);
      }
      report.add_row(to_string(options.measures[m]), std::move(values));
    }
  }

  // Of F1 only, first system minus second.
  void add_comparison(EvaluateReport& report, const RougeOptions& options,
                      const std::vector<double>& first, const std::vector<double>& second) const {
    BootstrapOptions bootstrap = bootstrap_;
    bootstrap.resamples = std::max<std::size_t>(1, bootstrap_.resamples);
    const auto intervals = bootstrap_means(second, options.measures.size() * 3, bootstrap);
    const auto comparisons =
        bootstrap_compare(first, second, options.measures.size() * 3, bootstrap);
    std::vector<std::string> names = {"compared_f1", "difference"};
    if (bootstrap_.resamples > 0) {
      names.insert(names.end(), {"low", "high", "share_below_zero", "share_above_zero"});
    }
    report.begin_table("comparison", names);
    for (std::size_t m = 0; m < options.measures.size(); ++m) {
      const BootstrapComparison& comparison = comparisons[m * 3 + 2];
      std::vector<ReportValue> values = {intervals[m * 3 + 2].mean, comparison.difference.mean};
      if (bootstrap_.resamples > 0) {
        values.emplace_back(comparison.difference.low);
        values.emplace_back(comparison.difference.high);
        values.emplace_back(comparison.share_below_zero);
        values.emplace_back(comparison.share_above_zero);
      }
      report.add_row(to_string(options.measures[m]), std::move(values));
    }
  }

  References read_references(NameTable& ids) {
    References references;
    const auto add = [&](const std::string& id, std::vector<std::string> texts) -> std::string {
      if (ids.add(id) != references.size()) return "the id was there before";
      references.push_back(std::move(texts));
      return {};
    };
    if (is_plain(truth_)) {
      for_each_text(truth_, [&](const std::string& id, std::string text) {
        return add(id, {std::move(text)});
      });
      return references;
    }
    for_each_record(truth_, faults_, [&](const JsonRecord& record) -> std::string {
      const auto id = record.id(id_field_);
      if (!id) return "no \"" + id_field_ + "\"";
      std::string single = truth_field_, several = references_field_;
      if (single.empty() && several.empty()) {
        if (record.has("references")) {
          several = "references";
        } else {
          single = record.has("highlights") ? "highlights" : "summary";
        }
      }
      std::vector<std::string> texts;
      if (!several.empty()) {
        auto list = record.texts(several);
        if (!list || list->empty()) return "no list \"" + several + "\"";
        texts = std::move(*list);
      } else {
        auto text = record.text(single);
        if (!text) return "no \"" + single + "\"";
        texts.push_back(std::move(*text));
      }
      return add(*id, std::move(texts));
    });
    return references;
  }

  std::vector<Summary> read_summaries(const std::string& path, const NameTable& ids,
                                      std::uint64_t& unknown) {
    std::vector<Summary> summaries(ids.size());
    const auto add = [&](const std::string& id, std::string text) -> std::string {
      const auto number = ids.find(id);
      if (!number) {
        ++unknown;
        return {};
      }
      if (summaries[*number].present) return "the id was there before";
      summaries[*number] = {true, std::move(text)};
      return {};
    };
    if (is_plain(path)) {
      for_each_text(path, add);
      return summaries;
    }
    for_each_record(path, faults_, [&](const JsonRecord& record) -> std::string {
      const auto id = record.id(id_field_);
      if (!id) return "no \"" + id_field_ + "\"";
      auto text = record.text(result_field_);
      if (!text) return "no \"" + result_field_ + "\"";
      return add(*id, std::move(*text));
    });
    return summaries;
  }

  [[nodiscard]] bool is_plain(const std::string& path) const {
    return lines_ || fs::is_directory(path);
  }

  // Summaries in plain text. The id is what joins the sides: the name of the file in its folder,
  // the number of the line, or both.
  template <typename Use>
  void for_each_text(const std::string& path, const Use& use) {
    const bool folder = fs::is_directory(path);
    const std::vector<std::string> names = folder ? files_in(path) : std::vector<std::string>{""};
    for (const std::string& name : names) {
      const std::string file = folder ? (fs::path(path) / name).string() : path;
      if (!lines_) {
        report_fault(file, 1, use(name, read_text(file, faults_)));
        continue;
      }
      std::uint64_t line = 0;
      for (std::string& text : read_lines(file, faults_)) {
        ++line;
        break_lines(text);
        report_fault(file, line, use(fmt::format("{}:{}", name, line), std::move(text)));
      }
    }
  }

  void report_fault(const std::string& file, std::uint64_t line, const std::string& reason) {
    if (!reason.empty()) faults_.add(file, line, reason);
  }

  void break_lines(std::string& text) const {
    if (line_break_.empty()) return;
    for (std::size_t at = 0; (at = text.find(line_break_, at)) != std::string::npos; ++at) {
      text.replace(at, line_break_.size(), "\n");
    }
  }

  std::string compare_;
  std::vector<std::string> measures_;
  bool stem_ = false, lines_ = false;
  std::string tokens_ = "ascii", id_field_ = "id", truth_field_, references_field_;
  std::string result_field_ = "summary", line_break_;
  BootstrapOptions bootstrap_;
};

}  // namespace

void add_rouge_measure(CLI::App& evaluate, int& exit_code) {
  evaluate.add_subcommand(std::make_shared<RougeCommand>(exit_code));
}

}  // namespace copydesk::tools
