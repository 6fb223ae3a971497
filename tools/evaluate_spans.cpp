// SPDX-License-Identifier: Apache-2.0
//
// evaluate passages, evaluate blocks, evaluate segments.
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/evaluate/passage_score.h"
#include "copydesk/evaluate/segment_score.h"
#include "copydesk/evaluate/text_score.h"
#include "copydesk/read/name_table.h"
#include "evaluate_measure.h"

namespace copydesk::tools {
namespace {

// Fields begin and end; nothing unless 0 <= begin < end.
std::optional<TextSpan> span_of(const JsonRecord& record, const std::string& prefix) {
  const auto begin = record.number(prefix + "begin"), end = record.number(prefix + "end");
  if (!begin || !end || *begin >= *end) return std::nullopt;
  return TextSpan{*begin, *end};
}

void add_average(EvaluateReport& report, const std::string& table, const AveragedScore& score) {
  report.begin_table(table, {"precision", "recall", "f1"});
  report.add_score_row("macro", score.macro);
  report.add_score_row("micro", score.micro);
}

class PassagesMeasure final : public EvaluateMeasure {
 public:
  explicit PassagesMeasure(int& exit_code)
      : EvaluateMeasure("Copied passages: precision, recall, granularity, plagdet", "passages",
                        exit_code) {
    add_flag("--pairs-only", pairs_only_,
             "Judge only passages between documents for which the truth has one");
    footer(
        "Examples:\n"
        "  copydesk evaluate passages --truth gold.jsonl --result passages.jsonl\n"
        "  copydesk evaluate passages --pairs-only --truth gold.jsonl --result passages.jsonl.zst");
  }

 private:
  void score(EvaluateReport& report) override {
    const std::vector<AlignedPassage> truth = read(truth_);
    std::vector<AlignedPassage> result = read(result_);
    const std::size_t read_passages = result.size();
    if (pairs_only_) result = within_true_pairs(truth, result);
    const PassageScore score = score_passages(truth, result);

    report.add("true_passages", score.truth);
    report.add("found_passages", score.result);
    report.add("found_in_other_pairs", read_passages - result.size());
    report.add("detected_passages", score.detected);
    report.add("granularity", score.granularity);
    report.add("plagdet", score.plagdet);
    report.begin_table("passages", {"precision", "recall", "f1"});
    report.add_score_row("macro", PrecisionRecall{score.precision, score.recall, score.f1});
  }

  std::vector<AlignedPassage> read(const std::string& path) {
    std::vector<AlignedPassage> passages;
    for_each_record(path, faults_, [&](const JsonRecord& record) -> std::string {
      const auto copy = record.id("copy"), source = record.id("source");
      if (!copy || !source) return "no \"copy\" and \"source\"";
      const auto in_copy = span_of(record, "copy_"), in_source = span_of(record, "source_");
      if (!in_copy) return "no \"copy_begin\" below a \"copy_end\"";
      if (!in_source) return "no \"source_begin\" below a \"source_end\"";
      passages.push_back({ids_.add(*copy), ids_.add(*source), *in_copy, *in_source});
      return {};
    });
    return passages;
  }

  bool pairs_only_ = false;
  NameTable ids_;
};

class BlocksMeasure final : public EvaluateMeasure {
 public:
  explicit BlocksMeasure(int& exit_code)
      : EvaluateMeasure("Blocks of documents: overlap in bytes, and blocks found exactly", "blocks",
                        exit_code) {
    add_option("--kind", kinds_, "Judge only blocks of these kinds, on both sides")
        ->delimiter(',')
        ->type_name("KIND");
    footer(
        "Examples:\n"
        "  copydesk evaluate blocks --truth truth_blocks.jsonl --result blocks.jsonl\n"
        "  copydesk evaluate blocks --kind chrome --truth truth_blocks.jsonl --result b.jsonl.gz");
  }

 private:
  using SpansByDocument = std::vector<std::vector<TextSpan>>;

  void score(EvaluateReport& report) override {
    SpansByDocument truth = read(truth_), result = read(result_);
    truth.resize(ids_.size());
    result.resize(ids_.size());
    std::vector<OverlapCounts> bytes, blocks;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      bytes.push_back(span_overlap(truth[i], result[i]));
      blocks.push_back(equal_spans(truth[i], result[i]));
    }
    const AveragedScore of_bytes = average(bytes), of_blocks = average(blocks);
    report.add("documents", ids_.size());
    report.add("true_blocks", of_blocks.total.truth);
    report.add("found_blocks", of_blocks.total.result);
    report.add("found_exactly", of_blocks.total.shared);
    report.add("true_bytes", of_bytes.total.truth);
    report.add("found_bytes", of_bytes.total.result);
    report.add("found_true_bytes", of_bytes.total.shared);
    add_average(report, "bytes", of_bytes);
    add_average(report, "exact_blocks", of_blocks);
  }

  SpansByDocument read(const std::string& path) {
    SpansByDocument spans;
    for_each_record(path, faults_, [&](const JsonRecord& record) -> std::string {
      const auto id = record.id("id");
      if (!id) return "no \"id\"";
      const auto span = span_of(record, "");
      if (!span) return "no \"begin\" below an \"end\"";
      const std::uint32_t document = ids_.add(*id);
      if (document >= spans.size()) spans.resize(document + std::size_t{1});
      if (!kinds_.empty()) {
        const auto kind = record.text("kind");
        if (!kind || std::find(kinds_.begin(), kinds_.end(), *kind) == kinds_.end()) return {};
      }
      spans[document].push_back(*span);
      return {};
    });
    return spans;
  }

  std::vector<std::string> kinds_;
  NameTable ids_;
};

class SegmentsMeasure final : public EvaluateMeasure {
 public:
  explicit SegmentsMeasure(int& exit_code)
      : EvaluateMeasure("Where texts were split: Pk, WindowDiff, boundary F1", "segments",
                        exit_code) {
    add_option("--window", options_.window,
               "Window of Pk and WindowDiff (default: half the mean true segment of each text)")
        ->type_name("UNITS");
    add_option("--tolerance", options_.tolerance, "How far off a boundary may be")
        ->type_name("UNITS");
    footer(
        "Records are {id, begin, end}, one per segment, or {id, length, boundaries: [...]}.\n"
        "Examples:\n"
        "  copydesk evaluate segments --truth truth_stories.jsonl --result stories.jsonl\n"
        "  copydesk evaluate segments --tolerance 80 --truth truth.jsonl --result stories.jsonl");
  }

 private:
  // What a file says about one text.
  struct Split {
    bool present = false;
    std::size_t length = 0;
    std::vector<std::size_t> begins;      // of {id, begin, end}
    std::vector<std::size_t> boundaries;  // of {id, length, boundaries}
  };

  void score(EvaluateReport& report) override {
    std::vector<Split> truth = read(truth_), result = read(result_);
    truth.resize(ids_.size());
    result.resize(ids_.size());
    std::vector<SegmentedText> texts;
    std::uint64_t missing = 0, unknown = 0;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (!truth[i].present) {
        ++unknown;
        continue;
      }
      if (!result[i].present) ++missing;
      SegmentedText text{std::max(truth[i].length, result[i].length), {}, {}};
      text.truth = boundaries_of(truth[i], text.length);
      text.result = boundaries_of(result[i], text.length);
      texts.push_back(std::move(text));
    }
    const SegmentScore score = score_segments(texts, options_);
    report.add("texts", score.texts);
    report.add("missing_texts", missing);
    report.add("unknown_texts", unknown);
    report.add("pk", score.pk);
    report.add("window_diff", score.window_diff);
    report.add("exactly_right_texts", score.exact_texts);
    report.add("true_boundaries", score.exact.total.truth);
    report.add("found_boundaries", score.exact.total.result);
    add_average(report, "exact", score.exact);
    if (options_.tolerance > 0) add_average(report, "tolerant", score.tolerant);
  }

  // A boundary is where a segment but the first begins.
  static std::vector<std::size_t> boundaries_of(const Split& split, std::size_t length) {
    std::vector<std::size_t> begins = split.begins;
    std::sort(begins.begin(), begins.end());
    std::vector<std::size_t> boundaries = split.boundaries;
    if (!begins.empty()) boundaries.insert(boundaries.end(), begins.begin() + 1, begins.end());
    std::sort(boundaries.begin(), boundaries.end());
    boundaries.erase(std::unique(boundaries.begin(), boundaries.end()), boundaries.end());
    std::erase_if(boundaries, [&](std::size_t b) { return b == 0 || b >= length; });
    return boundaries;
  }

  std::vector<Split> read(const std::string& path) {
    std::vector<Split> splits;
    for_each_record(path, faults_, [&](const JsonRecord& record) -> std::string {
      const auto id = record.id("id");
      if (!id) return "no \"id\"";
      const auto boundaries = record.numbers("boundaries");
      const auto length = record.number("length");
      const auto span = span_of(record, "");
      if (!(boundaries && length) && !span) {
        return "neither \"begin\" below an \"end\" nor \"length\" and \"boundaries\"";
      }
      if (boundaries && length) {
        for (const std::size_t boundary : *boundaries) {
          if (boundary == 0 || boundary >= *length) return "a boundary outside the text";
        }
      }
      const std::uint32_t number = ids_.add(*id);
      if (number >= splits.size()) splits.resize(number + std::size_t{1});
      Split& split = splits[number];
      if (boundaries && length) {
        if (split.present) return "the text was described before";
        split.boundaries = *boundaries;
        split.length = *length;
      } else {
        split.begins.push_back(span->begin);
        split.length = std::max(split.length, span->end);
      }
      split.present = true;
      return {};
    });
    return splits;
  }

  SegmentOptions options_;
  NameTable ids_;
};

}  // namespace

void add_passages_measure(CLI::App& evaluate, int& exit_code) {
  evaluate.add_subcommand(std::make_shared<PassagesMeasure>(exit_code));
}

void add_blocks_measure(CLI::App& evaluate, int& exit_code) {
  evaluate.add_subcommand(std::make_shared<BlocksMeasure>(exit_code));
}

void add_segments_measure(CLI::App& evaluate, int& exit_code) {
  evaluate.add_subcommand(std::make_shared<SegmentsMeasure>(exit_code));
}

}  // namespace copydesk::tools
