// SPDX-License-Identifier: Apache-2.0
//
// evaluate text.
#include <memory>
#include <string>
#include <vector>

#include "copydesk/evaluate/text_score.h"
#include "copydesk/read/name_table.h"
#include "evaluate_measure.h"

namespace copydesk::tools {
namespace {

class TextMeasure final : public EvaluateMeasure {
 public:
  explicit TextMeasure(int& exit_code)
      : EvaluateMeasure("Cleaned texts against gold texts: precision, recall and F1 of tokens",
                        "text", exit_code) {
    add_option("--id-field", id_field_, "Field that joins the two sides (default: id)")
        ->type_name("NAME");
    add_option("--truth-field", truth_field_, "Text field of the truth (default: text)")
        ->type_name("NAME");
    add_option("--result-field", result_field_, "Text field of the result (default: text)")
        ->type_name("NAME");
    footer(
        "A token is a run of letters and digits of any script, without regard to case; it counts\n"
        "as often as it occurs in both texts.\n"
        "Examples:\n"
        "  copydesk evaluate text --truth gold.jsonl --truth-field article --result cut.jsonl\n"
        "  copydesk evaluate text --truth gold.jsonl --result cut.jsonl.zst --json");
  }

 private:
  void score(EvaluateReport& report) override {
    NameTable ids;
    std::vector<std::string> truth;
    for_each_record(truth_, faults_, [&](const JsonRecord& record) -> std::string {
      const auto id = record.id(id_field_);
      if (!id) return "no \"" + id_field_ + "\"";
      const auto text = record.text(truth_field_);
      if (!text) return "no \"" + truth_field_ + "\"";
      if (ids.add(*id) != truth.size()) return "the id was there before";
      truth.push_back(*text);
      return {};
    });

    TextComparison comparison;
    std::vector<OverlapCounts> counts(truth.size());
    std::vector<bool> present(truth.size(), false);
    std::uint64_t unknown = 0;
    for_each_record(result_, faults_, [&](const JsonRecord& record) -> std::string {
      const auto id = record.id(id_field_);
      if (!id) return "no \"" + id_field_ + "\"";
      const auto text = record.text(result_field_);
      if (!text) return "no \"" + result_field_ + "\"";
      const auto number = ids.find(*id);
      if (!number) {
        ++unknown;
        return {};
      }
      if (present[*number]) return "the id was there before";
      present[*number] = true;
      counts[*number] = comparison.compare(truth[*number], *text);
      return {};
    });
    std::uint64_t missing = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      if (present[i]) continue;
      ++missing;
      counts[i] = comparison.compare(truth[i], "");
    }

    const AveragedScore score = average(counts);
    report.add("documents", truth.size());
    report.add("missing_documents", missing);
    report.add("unknown_documents", unknown);
    report.add("true_tokens", score.total.truth);
    report.add("found_tokens", score.total.result);
    report.add("found_true_tokens", score.total.shared);
    report.begin_table("tokens", {"precision", "recall", "f1"});
    report.add_score_row("macro", score.macro);
    report.add_score_row("micro", score.micro);
  }

  std::string id_field_ = "id", truth_field_ = "text", result_field_ = "text";
};

}  // namespace

void add_text_measure(CLI::App& evaluate, int& exit_code) {
  evaluate.add_subcommand(std::make_shared<TextMeasure>(exit_code));
}

}  // namespace copydesk::tools
