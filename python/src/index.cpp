// SPDX-License-Identifier: Apache-2.0
#include "index.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/document_index.h"
#include "supervised_run.h"
#include "tables.h"
#include "token_rules.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace copydesk::python {
namespace {

// One row a match: which document of the table, which of the index, and how alike.
TablePointer matches_table(const IndexAnswers& found) {
  Texts ids, match_ids, files, sources, rules;
  std::vector<std::int64_t> inputs, rows, numbers, verified, tokens, begins, ends;
  std::vector<double> jaccard, containment, contained;
  for (const IndexAnswers::Answer& answer : found.answers) {
    for (const IndexedMatch& match : answer.matches) {
      ids.push_back(answer.document.id);
      inputs.push_back(answer.document.input);
      rows.push_back(static_cast<std::int64_t>(answer.document.row));
      match_ids.push_back(match.id);
      files.push_back(match.file);
      sources.push_back(match.source);
      numbers.push_back(match.number);
      verified.push_back(match.verified ? 1 : 0);
      rules.push_back(match.rule);
      jaccard.push_back(match.jaccard);
      containment.push_back(match.containment);
      contained.push_back(match.contained);
      tokens.push_back(static_cast<std::int64_t>(match.shared_tokens));
      begins.push_back(static_cast<std::int64_t>(match.passage.begin));
      ends.push_back(static_cast<std::int64_t>(match.passage.end));
    }
  }
  TableMaker table;
  table.add("id", std::move(ids))
      .add("input", std::move(inputs))
      .add("row", std::move(rows))
      .add("match_id", std::move(match_ids))
      .add("match_file", std::move(files))
      .add("match_source", std::move(sources))
      .add("match_number", std::move(numbers))
      .add("verified", std::move(verified))
      .add("rule", std::move(rules))
      .add("jaccard", std::move(jaccard))
      .add("containment", std::move(containment))
      .add("contained", std::move(contained))
      .add("shared_tokens", std::move(tokens))
      .add("passage_begin", std::move(begins))
      .add("passage_end", std::move(ends));
  return table.take();
}

IndexSettings settings_of(double threshold, double recall, const std::string& shingle,
                          std::size_t shingle_size, const std::string& tokens,
                          const std::vector<std::string>& fold, const std::string& verify,
                          bool with_text) {
  const ShingleOptions shingles = shingles_of(shingle, shingle_size, tokens, fold);
  IndexSettings settings;
  settings.threshold = threshold;
  settings.recall = recall;
  settings.characters = shingles.unit == ShingleUnit::kCharacter;
  settings.code = shingles.tokens == TokenKind::kCode;
  settings.fold_accents = shingles.fold.accents;
  settings.fold_chinese = shingles.fold.chinese;
  settings.shingle_size = shingle_size;
  settings.verify = verify;
  settings.with_text = with_text;
  return settings;
}

nb::tuple add(Index& index, const RunArguments& run, const Source& source) {
  DuplicatesFound found;
  run_supervised(run, [&](const RunSettings& s) { found = index.add(source.documents(), s); });
  return duplicates_tables(found);
}

nb::tuple dedup(const Index& index, const RunArguments& run, const Source& source) {
  DuplicatesFound found;
  run_supervised(run, [&](const RunSettings& s) { found = index.dedup(source.documents(), s); });
  return duplicates_tables(found);
}

nb::tuple query(const Index& index, const RunArguments& run, const Source& source,
                std::size_t most) {
  IndexAnswers found;
  run_supervised(run,
                 [&](const RunSettings& s) { found = index.query(source.documents(), most, s); });
  return nb::make_tuple(matches_table(found), rejected_table(found.rejected));
}

// On the thread that asks: one text takes less than starting another.
TablePointer query_text(const Index& index, std::string_view text, std::size_t most) {
  const nb::gil_scoped_release released;
  return matches_table({{{{}, index.query_text(text, most)}}, {}});
}

}  // namespace

void add_index_class(nb::module_& m) {
  const auto release = nb::call_guard<nb::gil_scoped_release>();
  nb::class_<Index>(m, "IndexFolder")
      .def(nb::init<std::string>(), "path"_a, release)
      .def_static(
          "create",
          [](const std::string& path, double threshold, double recall, const std::string& shingle,
             std::size_t shingle_size, const std::string& tokens,
             const std::vector<std::string>& fold, const std::string& verify, bool with_text) {
            return Index::create(path, settings_of(threshold, recall, shingle, shingle_size, tokens,
                                                   fold, verify, with_text));
          },
          "path"_a, "threshold"_a, "recall"_a, "shingle"_a, "shingle_size"_a, "tokens"_a, "fold"_a,
          "verify"_a, "with_text"_a, release)
      .def("add", &add, "run"_a, "source"_a)
      .def("dedup", &dedup, "run"_a, "source"_a)
      .def("query", &query, "run"_a, "source"_a, "most"_a)
      .def("query_text", &query_text, "text"_a, "most"_a)
      .def("remove", &Index::remove, "ids"_a, release)
      .def("merge", &Index::merge, "forget"_a, release)
      .def("describe", &Index::describe, release)
      .def("check", &Index::check, release)
      .def("size", &Index::size, release);
}

}  // namespace copydesk::python
