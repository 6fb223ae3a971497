// SPDX-License-Identifier: Apache-2.0
#include "measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "copydesk/evaluate/cluster_score.h"
#include "copydesk/evaluate/pair_score.h"
#include "copydesk/evaluate/rouge.h"
#include "copydesk/stop.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/text/sentence_splitter.h"
#include "copydesk/text/utf8.h"

namespace nb = nanobind;

namespace copydesk::python {
namespace {

void add(nb::dict& values, const std::string& prefix, const PrecisionRecall& score) {
  values[(prefix + "precision").c_str()] = score.precision;
  values[(prefix + "recall").c_str()] = score.recall;
  values[(prefix + "f1").c_str()] = score.f1;
}

std::vector<std::uint32_t> labels_of(const std::vector<std::int64_t>& clusters) {
  std::vector<std::uint32_t> labels;
  labels.reserve(clusters.size());
  for (const std::int64_t cluster : clusters) {
    if (cluster >= static_cast<std::int64_t>(clusters.size())) {
      throw nb::value_error("a cluster's number is not below that of the documents");
    }
    labels.push_back(cluster < 0 ? kUnclustered : static_cast<std::uint32_t>(cluster));
  }
  return labels;
}

}  // namespace

nb::dict pair_measures(const NumberedPairs& truth, const NumberedPairs& result) {
  std::vector<LabeledPair> labeled;
  for (const auto& [a, b] : truth) labeled.push_back({a, b, 0});
  std::vector<DocumentPair> listed;
  for (const auto& [a, b] : result) listed.push_back({a, b});
  const KindRole roles[] = {KindRole::kRight};
  const PairScore score = score_pairs(labeled, ResultPairs::from_list(listed), roles);
  nb::dict values;
  add(values, "", score.score);
  values["true_pairs"] = score.counts.truth;
  values["found_pairs"] = score.counts.result;
  values["found_true_pairs"] = score.counts.shared;
  return values;
}

nb::dict cluster_measures(const std::vector<std::int64_t>& truth,
                          const std::vector<std::int64_t>& result) {
  if (truth.size() != result.size()) {
    throw nb::value_error("truth and result are of unlike length");
  }
  const ClusterScore score = score_clusters(labels_of(truth), labels_of(result));
  nb::dict values;
  values["documents"] = score.documents;
  values["true_clusters"] = score.truth_clusters;
  values["found_clusters"] = score.result_clusters;
  values["adjusted_rand"] = score.adjusted_rand;
  add(values, "b_cubed_", score.bcubed);
  add(values, "pairwise_", score.pairwise);
  values["homogeneity"] = score.homogeneity;
  values["completeness"] = score.completeness;
  values["v_measure"] = score.v_measure;
  return values;
}

TablePointer rouge_table(const std::vector<std::vector<std::string>>& references,
                         const std::vector<std::string>& candidates,
                         const std::vector<std::string>& measures, bool stem) {
  if (references.size() != candidates.size()) {
    throw nb::value_error("there are not as many references as texts");
  }
  RougeOptions options;
  options.stem = stem;
  options.measures.clear();
  for (const std::string& name : measures) {
    const std::optional<RougeMeasure> measure = parse_rouge_measure(name);
    if (!measure) {
      throw nb::value_error(fmt::format("measures: \"{}\" is none of rouge1 to rouge9, rougeL, "
                                        "rougeLsum",
                                        name)
                                .c_str());
    }
    options.measures.push_back(*measure);
  }
  std::vector<std::vector<double>> columns(3 * measures.size());
  {
    const nb::gil_scoped_release released;
    RougeScorer scorer(options);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const std::vector<RougeScore> scores = scorer.score(references[i], candidates[i]);
      for (std::size_t m = 0; m < scores.size(); ++m) {
        columns[3 * m].push_back(scores[m].precision);
        columns[3 * m + 1].push_back(scores[m].recall);
        columns[3 * m + 2].push_back(scores[m].f1);
      }
    }
  }
  TableMaker table;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    static constexpr const char* kParts[] = {"precision", "recall", "f1"};
    table.add(measures[i / 3] + "_" + kParts[i % 3], std::move(columns[i]));
  }
  return table.take();
}

TablePointer sentence_table(const Source& source, const std::string& language,
                            const RunArguments& run) {
  const DocumentColumns* const documents = source.documents().columns();
  if (documents == nullptr) {
    throw nb::type_error("sentences are told in documents in memory, not in files");
  }
  Texts ids, texts;
  std::vector<std::int64_t> rows, begins, ends;
  run_supervised(run, [&](const RunSettings& settings) {
    SentenceSplitter splitter({.language = language});
    const TextLanguages languages{language};
    SentenceList sentences;
    for (std::size_t row = 0; row < documents->text.size(); ++row) {
      if (row % 64 == 0) StopFlag(settings.stop).check();
      const std::string_view text = documents->text[row].value_or(std::string_view());
      if (!is_valid_utf8(text)) {
        throw Error(ErrorCode::kInvalidOption, fmt::format("row {} is not UTF-8", row), "text");
      }
      splitter.set_language(languages.of({}, text));
      splitter.split(text, sentences);
      const std::string number = std::to_string(row);
      for (const TextSpan& span : sentences.spans) {
        ids.push_back(documents->id[row].value_or(number));
        rows.push_back(static_cast<std::int64_t>(row));
        begins.push_back(static_cast<std::int64_t>(span.begin));
        ends.push_back(static_cast<std::int64_t>(span.end));
        texts.push_back(text.substr(span.begin, span.end - span.begin));
      }
    }
  });
  TableMaker table;
  table.add("id", std::move(ids))
      .add("row", std::move(rows))
      .add("begin", std::move(begins))
      .add("end", std::move(ends))
      .add("text", std::move(texts));
  return table.take();
}

}  // namespace copydesk::python
