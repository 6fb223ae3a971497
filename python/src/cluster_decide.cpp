// SPDX-License-Identifier: Apache-2.0
#include "cluster_decide.h"

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/decide/keep_policy.h"
#include "copydesk/error.h"
#include "copydesk/front_door.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/read/time_value.h"
#include "source.h"
#include "supervised_run.h"
#include "tables.h"
#include "token_rules.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace copydesk::python {
namespace {

// Some rows of a column, in an order of their own.
class ChosenRows {
 public:
  ChosenRows(const TextColumn& column, const std::vector<std::uint32_t>& rows)
      : column_(column), rows_(rows) {}

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::optional<std::string_view> operator[](std::size_t place) const {
    return column_[rows_[place]];
  }

 private:
  const TextColumn& column_;
  const std::vector<std::uint32_t>& rows_;
};

// The columns that dedup and pairs look at. Documents have no ids: they are known by their places.
struct ChosenDocuments {
  ChosenDocuments(const Source& source, const nb::bytes& bytes)
      : columns(columns_of(source)),
        rows(rows_of(bytes, columns.text.size())),
        text(columns.text, rows),
        time(columns.time, rows),
        order(columns.order, rows) {
    chosen.text = text;
    if (columns.time.is_there()) chosen.time = time;
    if (columns.order.is_there()) chosen.order = order;
  }
  ChosenDocuments(const ChosenDocuments&) = delete;
  ChosenDocuments& operator=(const ChosenDocuments&) = delete;

  static const DocumentColumns& columns_of(const Source& source) {
    const DocumentColumns* const columns = source.documents().columns();
    if (columns == nullptr) throw nb::type_error("rows are of documents in memory, not of files");
    return *columns;
  }

  static std::vector<std::uint32_t> rows_of(const nb::bytes& bytes, std::size_t size) {
    std::vector<std::uint32_t> rows(bytes.size() / sizeof(std::uint32_t));
    if (!rows.empty()) std::memcpy(rows.data(), bytes.c_str(), rows.size() * sizeof(rows[0]));
    for (const std::uint32_t row : rows) {
      if (row >= size) throw Error(ErrorCode::kInvalidOption, "there is no such row", "rows");
    }
    return rows;
  }

  const DocumentColumns& columns;
  std::vector<std::uint32_t> rows;
  ChosenRows text, time, order;
  DocumentColumns chosen;
};

struct Comparison {
  double threshold, recall;
  ShingleOptions shingles;
};

// REQUIRES: the columns outlive the options.
NearDuplicateOptions search_options(const DocumentColumns& columns, const Comparison& comparison,
                                    const RunSettings& run) {
  NearDuplicateOptions search;
  search.corpus = corpus_options(Documents(columns), run);
  search.corpus.documents = &columns;  // Documents has a copy, and is gone
  search.shingles = comparison.shingles;
  search.threshold = comparison.threshold;
  search.recall = comparison.recall;
  return search;
}

bool has_usable_value(const KeepPolicy& keep, const DocumentColumns& columns) {
  const bool by_time = keep.rule == KeepRule::kNewest || keep.rule == KeepRule::kOldest;
  const TextColumn& values = by_time ? columns.time : columns.order;
  for (std::size_t row = 0; row < columns.text.size(); ++row) {
    const std::string_view value = values[row].value_or(std::string_view());
    if (by_time ? parse_time(value, DateOrder::kUnknown).has_value()
                : parse_number_or_time(value, DateOrder::kUnknown).has_value()) {
      return true;
    }
  }
  return false;
}

// A part of a corpus may be one in which no document has a value, which dedup would take for a
// mistake: they are kept in their order then, as behind others that have one.
KeepPolicy keep_policy(const std::string& text, const DocumentColumns& columns) {
  KeepPolicy keep = parse_keep_policy(text);
  if (keep.needs_field() && !has_usable_value(keep, columns)) keep = {};
  return keep;
}

// Writes decisions and clusters, as the program does, with places for ids. Returns how many
// documents and kept ones there are.
nb::tuple dedup_rows(const RunArguments& run, const Source& source, const nb::bytes& rows,
                     const Comparison& comparison, const std::string& keep,
                     const std::string& decisions_path, const std::string& clusters_path) {
  const ChosenDocuments documents(source, rows);
  DedupResult result;
  run_supervised(run, [&](const RunSettings& settings) {
    DedupOptions options;
    options.search = search_options(documents.chosen, comparison, settings);
    options.keep = keep_policy(keep, documents.chosen);
    if (!options.keep.field.empty()) options.search.corpus.fields.order = options.keep.field;
    options.decisions_path = decisions_path;
    options.clusters_path = clusters_path;
    std::vector<RejectedRecord> rejected;
    result = run_dedup(options, run_control(settings, rejected));
  });
  return nb::make_tuple(result.summary.documents, result.summary.kept);
}

TablePointer pair_rows(const RunArguments& run, const Source& source, const nb::bytes& rows,
                       const Comparison& comparison) {
  const ChosenDocuments documents(source, rows);
  std::vector<std::int64_t> a, b;
  std::vector<double> jaccard, containment_a, containment_b;
  run_supervised(run, [&](const RunSettings& settings) {
    PairsOptions options;
    options.search = search_options(documents.chosen, comparison, settings);
    options.on_pair = [&](const SimilarPair& pair) {
      a.push_back(static_cast<std::int64_t>(pair.a.row));
      b.push_back(static_cast<std::int64_t>(pair.b.row));
      jaccard.push_back(pair.jaccard);
      containment_a.push_back(pair.containment_a);
      containment_b.push_back(pair.containment_b);
    };
    std::vector<RejectedRecord> rejected;
    run_pairs(options, run_control(settings, rejected));
  });
  TableMaker table;
  table.add("a", std::move(a))
      .add("b", std::move(b))
      .add("jaccard", std::move(jaccard))
      .add("containment_a", std::move(containment_a))
      .add("containment_b", std::move(containment_b));
  return table.take();
}

}  // namespace

void define_decide(nb::module_& module) {
  module.def(
      "dedup_rows",
      [](const RunArguments& run, const Source& source, const nb::bytes& rows, double threshold,
         double recall, const std::string& shingle, std::size_t shingle_size,
         const std::string& tokens, const std::vector<std::string>& fold, const std::string& keep,
         const std::string& decisions_path, const std::string& clusters_path) {
        return dedup_rows(run, source, rows,
                          {threshold, recall, shingles_of(shingle, shingle_size, tokens, fold)},
                          keep, decisions_path, clusters_path);
      },
      "run"_a, "source"_a, "rows"_a, "threshold"_a, "recall"_a, "shingle"_a, "shingle_size"_a,
      "tokens"_a, "fold"_a, "keep"_a, "decisions_path"_a, "clusters_path"_a);
  module.def(
      "pair_rows",
      [](const RunArguments& run, const Source& source, const nb::bytes& rows, double threshold,
         double recall, const std::string& shingle, std::size_t shingle_size,
         const std::string& tokens, const std::vector<std::string>& fold) {
        return pair_rows(run, source, rows,
                         {threshold, recall, shingles_of(shingle, shingle_size, tokens, fold)});
      },
      "run"_a, "source"_a, "rows"_a, "threshold"_a, "recall"_a, "shingle"_a, "shingle_size"_a,
      "tokens"_a, "fold"_a);
}

}  // namespace copydesk::python
