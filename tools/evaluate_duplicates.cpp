// SPDX-License-Identifier: Apache-2.0
//
// evaluate pairs, evaluate clusters.
#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/evaluate/cluster_score.h"
#include "copydesk/evaluate/pair_score.h"
#include "copydesk/read/name_table.h"
#include "evaluate_measure.h"

namespace copydesk::tools {
namespace {

// Cluster labels of one side, built record by record.
class ClusterReader {
 public:
  explicit ClusterReader(NameTable& ids) : ids_(&ids) {}

  static bool can_use(const JsonRecord& record) {
    return record.has("ids") || record.has("members") ||
           (record.has("id") && (record.has("cluster") || record.has("family")));
  }

  // {"ids": [...], "kept_id"?}, {"members": [{"id"}, ...]}, {"id", "cluster"} or {"id", "family"}.
  // Returns why the record is of no use, if so.
  std::string add(const JsonRecord& record) {
    if (record.has("ids")) {
      auto members = record.ids("ids");
      if (!members) return "\"ids\" is not a list of ids";
      if (const auto kept = record.id("kept_id")) members->push_back(*kept);
      return add_members(*members, next_label_);
    }
    if (record.has("members")) {
      const auto members = record.ids_of_records("members");
      if (!members) return "\"members\" is not a list of records with \"id\"";
      return add_members(*members, next_label_);
    }
    const auto id = record.id("id");
    const auto cluster = record.id(record.has("cluster") ? "cluster" : "family");
    if (!id || !cluster) return "neither \"ids\" nor \"id\" and \"cluster\"";
    const std::uint32_t name = names_.add(*cluster);
    if (name == label_of_name_.size()) label_of_name_.push_back(kUnclustered);
    const std::uint32_t label =
        label_of_name_[name] == kUnclustered ? next_label_ : label_of_name_[name];
    std::string reason = add_members({*id}, label);
    if (reason.empty()) label_of_name_[name] = label;
    return reason;
  }

  // One label per document of `ids`, of which there may be more by now than when this side was
  // read.
  std::vector<std::uint32_t> take(std::size_t documents) {
    labels_.resize(documents, kUnclustered);
    return std::move(labels_);
  }

 private:
  // Labels stay below the number of documents: a new one is used up only with its first member.
  std::string add_members(const std::vector<std::string>& members, std::uint32_t label) {
    std::string reason;
    for (const std::string& member : members) {
      const std::uint32_t document = ids_->add(member);
      if (document >= labels_.size()) labels_.resize(document + std::size_t{1}, kUnclustered);
      if (labels_[document] == kUnclustered) {
        labels_[document] = label;
        next_label_ = std::max(next_label_, label + 1);
      } else if (labels_[document] != label) {
        reason = fmt::format("\"{}\" is in a cluster already", member);
      }
    }
    return reason;
  }

  NameTable* ids_;
  NameTable names_;
  std::vector<std::uint32_t> label_of_name_;
  std::vector<std::uint32_t> labels_;
  std::uint32_t next_label_ = 0;
};

// The number of documents in the corpus: as given, or those that were seen.
std::size_t corpus_size(std::size_t given, const NameTable& ids) {
  if (given != 0 && given < ids.size()) {
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("truth and result name {} documents, more than {}", ids.size(), given),
                "--documents");
  }
  return given == 0 ? ids.size() : given;
}

enum class PairFormat { kAuto, kPairs, kDecisions, kClusters };

class PairsMeasure final : public EvaluateMeasure {
 public:
  explicit PairsMeasure(int& exit_code)
      : EvaluateMeasure("Pairs of duplicates: precision, recall, recall by kind of edit", "pairs",
                        exit_code) {
    add_option("--result-format", format_,
               "pairs {a,b}, decisions {id,kept_id}, clusters {ids}, or auto (default)")
        ->check(CLI::IsMember({"auto", "pairs", "decisions", "clusters"}))
        ->type_name("FORMAT");
    add_option("--ignore-kind", ignored_, "Pairs of these kinds are neither right nor wrong")
        ->delimiter(',')
        ->type_name("KIND");
    add_option("--wrong-kind", wrong_, "Pairs of these kinds are look-alikes, not to be found")
        ->delimiter(',')
        ->type_name("KIND");
    add_option("--documents", documents_,
               "Documents in the corpus, for the measures by document (default: those named)")
        ->type_name("COUNT");
    footer(
        "Examples:\n"
        "  copydesk evaluate pairs --truth truth_pairs.jsonl --result pairs.jsonl\n"
        "  copydesk evaluate pairs --truth truth_pairs.jsonl --result decisions.jsonl.zst \\\n"
        "      --wrong-kind template --json");
  }

 private:
  void score(EvaluateReport& report) override {
    read_truth();
    const ResultPairs result = read_result();
    const std::size_t documents = corpus_size(documents_, ids_);
    std::vector<KindRole> roles;
    for (std::uint32_t kind = 0; kind < kinds_.size(); ++kind)
      roles.push_back(role_of(kinds_[kind]));
    const PairScore score = score_pairs(pairs_, result, roles);

    report.add("documents", documents);
    report.add("true_pairs", score.counts.truth);
    report.add("found_pairs", score.counts.result);
    report.add("found_true_pairs", score.counts.shared);
    report.add("found_ignored_pairs", score.ignored_found);
    report.begin_table("pairs", {"precision", "recall", "f1"});
    report.add_score_row("all", score.score);
    report.begin_table("kinds", {"counts_as", "pairs", "found", "share_found"});
    std::vector<std::uint32_t> order(roles.size());
    for (std::uint32_t kind = 0; kind < order.size(); ++kind) order[kind] = kind;
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return kinds_[a] < kinds_[b]; });
    for (const std::uint32_t kind : order) {
      const KindRecall& recall = score.kinds[kind];
      if (recall.truth == 0) continue;
      const std::string role = recall.role == KindRole::kRight     ? "right"
                               : recall.role == KindRole::kIgnored ? "ignored"
                                                                   : "wrong";
      const std::string name(kinds_[kind]);
      report.add_row(name.empty() ? "(none)" : name,
                     {role, recall.truth, recall.found, recall.recall()});
    }
    add_documents(report, score_documents(pairs_, result, roles, documents), documents_ > 0);
  }

  static void add_documents(EvaluateReport& report, const DocumentScore& score,
                            bool is_size_given) {
    // Files of pairs do not name documents without duplicates but where they are wrong about them.
    const bool knows_others = is_size_given || score.true_negatives > 0;
    report.begin_table("by_document", {"precision", "recall", "f1"});
    report.add_row("duplicates", {score.precision_duplicates, score.recall_duplicates,
                                  f1_of(score.precision_duplicates, score.recall_duplicates)});
    report.add_row("others",
                   {score.precision_others, score.recall_others,
                    f1_of(score.precision_others, score.recall_others)},
                   knows_others ? RowUse::kEverywhere : RowUse::kJson);
    report.add("by_document_accuracy", score.accuracy);
    report.add("by_document_macro_f1", score.macro_f1);
    report.add("by_document_macro_precision", score.macro_precision);
  }

  void read_truth() {
    for_each_record(truth_, faults_, [&](const JsonRecord& record) -> std::string {
      const auto a = record.id("a"), b = record.id("b");
      if (!a || !b) return "no \"a\" and \"b\"";
      if (*a == *b) return "a document paired with itself";
      std::string kind;
      if (record.has("kind")) {
        const auto named = record.text("kind");
        if (!named) return "\"kind\" is not a string";
        kind = *named;
      }
      pairs_.push_back({ids_.add(*a), ids_.add(*b), kinds_.add(kind)});
      return {};
    });
  }

  ResultPairs read_result() {
    PairFormat format = format_ == "pairs"       ? PairFormat::kPairs
                        : format_ == "decisions" ? PairFormat::kDecisions
                        : format_ == "clusters"  ? PairFormat::kClusters
                                                 : PairFormat::kAuto;
    std::vector<DocumentPair> list;
    ClusterReader clusters(ids_);
    for_each_record(result_, faults_, [&](const JsonRecord& record) -> std::string {
      if (format == PairFormat::kAuto) {
        format = record.has("a") && record.has("b") ? PairFormat::kPairs
                 : ClusterReader::can_use(record)   ? PairFormat::kClusters
                 : record.has("id")                 ? PairFormat::kDecisions
                                                    : PairFormat::kAuto;
      }
      if (format == PairFormat::kAuto) return "neither a pair nor a decision nor a cluster";
      if (format == PairFormat::kClusters) return clusters.add(record);
      if (format == PairFormat::kDecisions && record.has("id") && !record.has("kept_id")) {
        return {};  // a decision to keep
      }
      const bool decisions = format == PairFormat::kDecisions;
      const auto a = record.id(decisions ? "id" : "a");
      const auto b = record.id(decisions ? "kept_id" : "b");
      if (!a || !b) return decisions ? "no \"id\" and \"kept_id\"" : "no \"a\" and \"b\"";
      if (*a == *b && !decisions) return "a document paired with itself";
      list.push_back({ids_.add(*a), ids_.add(*b)});
      return {};
    });
    return format == PairFormat::kClusters ? ResultPairs::from_clusters(clusters.take(ids_.size()))
                                           : ResultPairs::from_list(list);
  }

  KindRole role_of(std::string_view kind) const {
    const auto named = [&](const std::vector<std::string>& kinds) {
      return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    if (named(ignored_)) return KindRole::kIgnored;
    return named(wrong_) ? KindRole::kWrong : KindRole::kRight;
  }

  std::string format_ = "auto";
  std::vector<std::string> ignored_, wrong_;
  std::size_t documents_ = 0;
  NameTable ids_, kinds_;
  std::vector<LabeledPair> pairs_;
};

class ClustersMeasure final : public EvaluateMeasure {
 public:
  explicit ClustersMeasure(int& exit_code)
      : EvaluateMeasure("Clusters: adjusted Rand index, B-cubed, pairwise F1, V-measure",
                        "clusters", exit_code) {
    add_option("--documents", documents_,
               "Documents in the corpus; those in no cluster stand alone (default: those named)")
        ->type_name("COUNT");
    footer(
        "Examples:\n"
        "  copydesk evaluate clusters --truth truth_clusters.jsonl --result clusters.jsonl\n"
        "  copydesk evaluate clusters --truth families.jsonl --result clusters.jsonl.zst \\\n"
        "      --documents 1000000 --json");
  }

 private:
  void score(EvaluateReport& report) override {
    NameTable ids;
    ClusterReader truth(ids), result(ids);
    for_each_record(truth_, faults_, [&](const JsonRecord& record) { return truth.add(record); });
    for_each_record(result_, faults_, [&](const JsonRecord& record) { return result.add(record); });
    const std::size_t documents = corpus_size(documents_, ids);
    const ClusterScore score = score_clusters(truth.take(documents), result.take(documents));

    report.add("documents", score.documents);
    report.add("true_clusters", score.truth_clusters);
    report.add("found_clusters", score.result_clusters);
    report.add("adjusted_rand", score.adjusted_rand);
    report.add("homogeneity", score.homogeneity);
    report.add("completeness", score.completeness);
    report.add("v_measure", score.v_measure);
    report.begin_table("clusters", {"precision", "recall", "f1"});
    report.add_score_row("b_cubed", score.bcubed);
    report.add_score_row("pairwise", score.pairwise);
  }

  std::size_t documents_ = 0;
};

}  // namespace

void add_pairs_measure(CLI::App& evaluate, int& exit_code) {
  evaluate.add_subcommand(std::make_shared<PairsMeasure>(exit_code));
}

void add_clusters_measure(CLI::App& evaluate, int& exit_code) {
  evaluate.add_subcommand(std::make_shared<ClustersMeasure>(exit_code));
}

}  // namespace copydesk::tools
