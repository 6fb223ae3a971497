// SPDX-License-Identifier: Apache-2.0
//
// The module copydesk._core: the front door of the library for the package's Python files, which
// choose columns, documents and defaults. Texts come in as they are; results go out as tables.

#include <nanobind/nanobind.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/copydesk.h"
#include "copydesk/error.h"
#include "copydesk/version.h"
#include "result_table.h"
#include "source.h"
#include "supervised_run.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace copydesk::python {
namespace {

using Integers = std::vector<std::int64_t>;
using Numbers = std::vector<double>;
using TablePointer = std::shared_ptr<ResultTable>;

// Columns under construction; put into a table at the end, in the order of the calls.
class TableMaker {
 public:
  template <class Column>
  TableMaker& add(std::string name, Column column) {
    table_->names.push_back(std::move(name));
    table_->columns.emplace_back(std::move(column));
    return *this;
  }
  TablePointer take() { return std::move(table_); }

 private:
  TablePointer table_ = std::make_shared<ResultTable>();
};

// The id and the place of one document a row.
struct References {
  Texts ids;
  Integers inputs, rows, are_old;

  void push_back(const DocumentRef& document) {
    ids.push_back(document.id);
    are_old.push_back(document.is_old ? 1 : 0);
    inputs.push_back(document.input);
    rows.push_back(static_cast<std::int64_t>(document.row));
  }
  void add_to(TableMaker& table, const std::string& prefix) {
    table.add(prefix + "id", std::move(ids))
        .add(prefix + "input", std::move(inputs))
        .add(prefix + "row", std::move(rows));
  }
  // Also whether it is one of the documents that were compared with.
  void add_with_age_to(TableMaker& table, const std::string& prefix) {
    add_to(table, prefix);
    table.add(prefix + "is_old", std::move(are_old));
  }
};

TablePointer rejected_table(const std::vector<RejectedRecord>& rejected) {
  Texts places, reasons;
  for (const RejectedRecord& record : rejected) {
    places.push_back(record.place);
    reasons.push_back(record.reason);
  }
  TableMaker table;
  table.add("place", std::move(places)).add("reason", std::move(reasons));
  return table.take();
}

RunSettings run_settings(std::size_t threads, std::uint64_t memory, const std::string& work_folder) {
  RunSettings settings;
  settings.threads = threads;
  settings.memory_bytes = memory;
  settings.work_folder = work_folder;
  return settings;
}


nb::tuple dedup_tables(const Source& source, const DedupSettings& settings, const RunSettings& run,
                       const nb::object& progress) {
  DuplicatesFound found;
  run_supervised(run, progress,
                 [&](const RunSettings& s) { found = dedup(source.documents(), settings, s); });
  References kept, removed, kept_instead;
  Texts rules;
  Numbers jaccard, containment, contained;
  for (const DocumentRef& document : found.kept) kept.push_back(document);
  for (const RemovedDocument& row : found.removed) {
    removed.push_back(row.document);
    kept_instead.push_back(row.kept);
    rules.push_back(row.rule);
    jaccard.push_back(row.jaccard);
    containment.push_back(row.containment);
    contained.push_back(row.contained);
  }
  TableMaker decisions;
  removed.add_to(decisions, "");
  kept_instead.add_with_age_to(decisions, "kept_");
  decisions.add("rule", std::move(rules))
      .add("jaccard", std::move(jaccard))
      .add("containment", std::move(containment))
      .add("contained", std::move(contained));
  TableMaker rows;
  rows.add("input", std::move(kept.inputs)).add("row", std::move(kept.rows));
  return nb::make_tuple(rows.take(), decisions.take(), rejected_table(found.rejected));
}

nb::tuple pairs_tables(const Source& source, const DedupSettings& settings, const RunSettings& run,
                       const nb::object& progress) {
  PairsFound found;
  run_supervised(run, progress,
                 [&](const RunSettings& s) { found = pairs(source.documents(), settings, s); });
  References a, b;
  Numbers jaccard, containment_a, containment_b;
  for (const SimilarPair& pair : found.pairs) {
    a.push_back(pair.a);
    b.push_back(pair.b);
    jaccard.push_back(pair.jaccard);
    containment_a.push_back(pair.containment_a);
    containment_b.push_back(pair.containment_b);
  }
  TableMaker table;
  a.add_with_age_to(table, "a_");
  b.add_to(table, "b_");
  table.add("jaccard", std::move(jaccard))
      .add("containment_a", std::move(containment_a))
      .add("containment_b", std::move(containment_b));
  return nb::make_tuple(table.take(), rejected_table(found.rejected));
}

nb::tuple reuse_tables(const Source& source, const ReuseSettings& settings, const RunSettings& run,
                       const nb::object& progress) {
  ReuseFound found;
  run_supervised(run, progress,
                 [&](const RunSettings& s) { found = reuse(source.documents(), settings, s); });
  References copies, sources, members;
  Integers copy_begin, copy_end, source_begin, source_end, tokens, family, rank, is_fullest;
  Numbers similarity, confidence;
  for (const ReusedPassage& passage : found.passages) {
    copies.push_back(passage.copy);
    sources.push_back(passage.source);
    copy_begin.push_back(static_cast<std::int64_t>(passage.in_copy.begin));
    copy_end.push_back(static_cast<std::int64_t>(passage.in_copy.end));
    source_begin.push_back(static_cast<std::int64_t>(passage.in_source.begin));
    source_end.push_back(static_cast<std::int64_t>(passage.in_source.end));
    tokens.push_back(static_cast<std::int64_t>(passage.tokens));
    similarity.push_back(passage.similarity);
  }
  for (std::size_t i = 0; i < found.families.size(); ++i) {
    const CopiedStory& story = found.families[i];
    for (std::size_t version = 0; version < story.versions.size(); ++version) {
      family.push_back(static_cast<std::int64_t>(i));
      rank.push_back(static_cast<std::int64_t>(version));
      members.push_back(story.versions[version]);
      is_fullest.push_back(version == story.fullest ? 1 : 0);
      confidence.push_back(story.has_source ? story.confidence : 0.0);
    }
  }
  TableMaker passages, families;
  copies.add_to(passages, "copy_");
  sources.add_to(passages, "source_");
  passages.add("copy_begin", std::move(copy_begin))
      .add("copy_end", std::move(copy_end))
      .add("source_begin", std::move(source_begin))
      .add("source_end", std::move(source_end))
      .add("tokens", std::move(tokens))
      .add("similarity", std::move(similarity));
  families.add("family", std::move(family)).add("rank", std::move(rank));
  members.add_to(families, "");
  families.add("is_fullest", std::move(is_fullest)).add("confidence", std::move(confidence));
  return nb::make_tuple(passages.take(), families.take(), rejected_table(found.rejected));
}

nb::tuple blocks_tables(const Source& source, const BlocksSettings& settings,
                        const RunSettings& run, const nb::object& progress) {
  BlocksFound found;
  run_supervised(run, progress,
                 [&](const RunSettings& s) { found = blocks(source.documents(), settings, s); });
  References documents, firsts;
  Integers begin, end, count, first_begin;
  Texts kinds;
  for (const RepeatedBlock& block : found.blocks) {
    documents.push_back(block.document);
    begin.push_back(static_cast<std::int64_t>(block.span.begin));
    end.push_back(static_cast<std::int64_t>(block.span.end));
    kinds.push_back(block.kind);
    count.push_back(static_cast<std::int64_t>(block.count));
    firsts.push_back(block.first);
    first_begin.push_back(static_cast<std::int64_t>(block.first_begin));
  }
  TableMaker table;
  documents.add_to(table, "");
  table.add("begin", std::move(begin))
      .add("end", std::move(end))
      .add("kind", std::move(kinds))
      .add("count", std::move(count));
  firsts.add_to(table, "first_");
  table.add("first_begin", std::move(first_begin));
  return nb::make_tuple(table.take(), rejected_table(found.rejected));
}

nb::tuple split_tables(const Source& source, const SplitSettings& settings, const RunSettings& run,
                       const nb::object& progress) {
  StoriesFound found;
  run_supervised(run, progress,
                 [&](const RunSettings& s) { found = split(source.documents(), settings, s); });
  References documents;
  Integers numbers, begin, end;
  Texts titles;
  for (const SeparatedStory& story : found.stories) {
    documents.push_back(story.document);
    numbers.push_back(static_cast<std::int64_t>(story.number));
    begin.push_back(static_cast<std::int64_t>(story.span.begin));
    end.push_back(static_cast<std::int64_t>(story.span.end));
    titles.push_back(story.title);
  }
  TableMaker table;
  documents.add_to(table, "");
  table.add("story", std::move(numbers))
      .add("begin", std::move(begin))
      .add("end", std::move(end))
      .add("title", std::move(titles));
  return nb::make_tuple(table.take(), rejected_table(found.rejected));
}

nb::tuple summarize_tables(const Source& source, const AbstractSettings& settings,
                           const RunSettings& run, const nb::object& progress) {
  AbstractsFound found;
  run_supervised(run, progress,
                 [&](const RunSettings& s) { found = summarize(source.documents(), settings, s); });
  References documents;
  Texts summaries;
  Integers abstract, begin, end;
  Numbers scores;
  for (std::size_t i = 0; i < found.abstracts.size(); ++i) {
    documents.push_back(found.abstracts[i].document);
    summaries.push_back(found.abstracts[i].text);
    for (const ChosenSentence& sentence : found.abstracts[i].sentences) {
      abstract.push_back(static_cast<std::int64_t>(i));
      begin.push_back(static_cast<std::int64_t>(sentence.span.begin));
      end.push_back(static_cast<std::int64_t>(sentence.span.end));
      scores.push_back(sentence.score);
    }
  }
  TableMaker table, sentences;
  documents.add_to(table, "");
  table.add("summary", std::move(summaries));
  sentences.add("abstract", std::move(abstract))
      .add("begin", std::move(begin))
      .add("end", std::move(end))
      .add("score", std::move(scores));
  return nb::make_tuple(table.take(), sentences.take(), rejected_table(found.rejected));
}

nb::dict compare_values(std::string_view a, std::string_view b, std::size_t min_tokens) {
  ComparedTexts found;
  {
    const nb::gil_scoped_release released;
    found = compare(a, b, min_tokens);
  }
  nb::list passages;
  for (const MatchedPassage& passage : found.passages) {
    nb::dict row;
    row["a_begin"] = passage.a.begin;
    row["a_end"] = passage.a.end;
    row["b_begin"] = passage.b.begin;
    row["b_end"] = passage.b.end;
    row["tokens"] = passage.tokens;
    row["similarity"] = passage.similarity;
    passages.append(row);
  }
  nb::dict values;
  values["same_tokens"] = found.same_tokens;
  values["jaccard"] = found.jaccard;
  values["containment_a"] = found.containment_a;
  values["containment_b"] = found.containment_b;
  values["longest_run"] = found.longest_run;
  values["passages"] = passages;
  return values;
}

nb::list column_values(const ResultTable& table, std::size_t index) {
  nb::list values;
  const ResultColumn& column = table.columns.at(index);
  if (const auto* texts = std::get_if<Texts>(&column)) {
    for (std::size_t i = 0; i < texts->size(); ++i) {
      const std::string_view text = (*texts)[i];
      values.append(nb::str(text.data(), text.size()));
    }
  } else if (const auto* numbers = std::get_if<Numbers>(&column)) {
    for (const double value : *numbers) values.append(value);
  } else {
    for (const std::int64_t value : std::get<Integers>(column)) values.append(value);
  }
  return values;
}

nb::capsule table_stream(const TablePointer& table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  export_table(table, stream.get());
  return nb::capsule(stream.release(), "arrow_array_stream", [](void* pointer) noexcept {
    auto* owned = static_cast<ArrowArrayStream*>(pointer);
    if (owned->release != nullptr) owned->release(owned);
    delete owned;
  });
}

bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

DedupSettings near_duplicate_settings(double threshold, double contained, double recall,
                                      const std::string& shingle, std::size_t shingle_size,
                                      const std::string& tokens,
                                      const std::vector<std::string>& fold,
                                      const std::string& keep,
                                      const std::vector<std::string>& mask,
                                      const Source* against) {
  DedupSettings settings;
  settings.threshold = threshold;
  settings.contained = contained;
  settings.recall = recall;
  if (shingle != "word" && shingle != "char") {
    throw Error(ErrorCode::kInvalidOption, "is neither \"word\" nor \"char\"", "shingle");
  }
  settings.characters = shingle == "char";
  settings.shingle_size = shingle_size;
  if (tokens != "words" && tokens != "code") {
    throw Error(ErrorCode::kInvalidOption, "is neither \"words\" nor \"code\"", "tokens");
  }
  settings.code = tokens == "code";
  settings.fold_accents = holds(fold, "accents");
  settings.fold_chinese = holds(fold, "chinese");
  if (against != nullptr) settings.against = &against->documents();
  settings.keep = keep;
  settings.mask_page = holds(mask, "page");
  settings.mask_site = holds(mask, "site");
  return settings;
}

}  // namespace

NB_MODULE(_core, m) {
  m.doc() = "The native part of copydesk. Use the package, whose functions have docstrings.";
  m.attr("version") = std::string(version());

  // An option or a table that cannot be used is a ValueError, a file that cannot be read or written
  // an OSError; both with the program's words.
  nb::register_exception_translator([](const std::exception_ptr& failure, void*) {
    try {
      std::rethrow_exception(failure);
    } catch (const Error& error) {
      const bool is_option = error.code() == ErrorCode::kInvalidOption ||
                             error.code() == ErrorCode::kLimitExceeded ||
                             error.code() == ErrorCode::kTooManyFaults;
      PyErr_SetString(is_option ? PyExc_ValueError : PyExc_OSError, error.what());
    } catch (const Cancelled&) {
      PyErr_SetNone(PyExc_KeyboardInterrupt);
    }
  });

  nb::class_<ResultTable>(m, "ResultTable")
      .def("__len__", &ResultTable::rows)
      .def_prop_ro("names", [](const ResultTable& table) { return table.names; })
      .def("column", &column_values, "index"_a)
      .def("stream", [](const TablePointer& table) { return table_stream(table); });

  nb::class_<Source>(m, "Source")
      .def_static("from_stream", &Source::from_stream, "stream"_a, "fields"_a, "required"_a)
      .def_static("from_lists", &Source::from_lists, "lists"_a)
      .def_static("from_files", &Source::from_files, "paths"_a, "fields"_a);

  m.def(
      "dedup",
      [](const Source& source, double threshold, double contained, double recall,
         const std::string& shingle, std::size_t shingle_size, const std::string& tokens,
         const std::vector<std::string>& fold, const std::string& keep,
         const std::vector<std::string>& mask, const Source* against, std::size_t threads,
         std::uint64_t memory, const std::string& work_dir, const nb::object& progress) {
        return dedup_tables(source,
                            near_duplicate_settings(threshold, contained, recall, shingle,
                                                    shingle_size, tokens, fold, keep, mask,
                                                    against),
                            run_settings(threads, memory, work_dir), progress);
      },
      "source"_a, "threshold"_a, "contained"_a, "recall"_a, "shingle"_a, "shingle_size"_a,
      "tokens"_a, "fold"_a, "keep"_a, "mask"_a, "against"_a.none(), "threads"_a, "memory"_a, "work_dir"_a, "progress"_a.none());
  m.def(
      "pairs",
      [](const Source& source, double threshold, double recall, const std::string& shingle,
         std::size_t shingle_size, const std::string& tokens, const std::vector<std::string>& fold,
         const std::vector<std::string>& mask, const Source* against, std::size_t threads,
         std::uint64_t memory, const std::string& work_dir, const nb::object& progress) {
        return pairs_tables(source,
                            near_duplicate_settings(threshold, 0.0, recall, shingle, shingle_size,
                                                    tokens, fold, "first", mask, against),
                            run_settings(threads, memory, work_dir), progress);
      },
      "source"_a, "threshold"_a, "recall"_a, "shingle"_a, "shingle_size"_a, "tokens"_a, "fold"_a,
      "mask"_a, "against"_a.none(), "threads"_a, "memory"_a, "work_dir"_a, "progress"_a.none());
  m.def(
      "reuse",
      [](const Source& source, double strictness, std::size_t min_tokens,
         const std::vector<std::string>& mask, std::size_t threads, std::uint64_t memory,
         const std::string& work_dir, const nb::object& progress) {
        const ReuseSettings settings{strictness, min_tokens, holds(mask, "page"),
                                     holds(mask, "site")};
        return reuse_tables(source, settings, run_settings(threads, memory, work_dir), progress);
      },
      "source"_a, "strictness"_a, "min_tokens"_a, "mask"_a, "threads"_a, "memory"_a, "work_dir"_a,
      "progress"_a.none());
  m.def(
      "blocks",
      [](const Source& source, const std::vector<std::string>& scope,
         const std::vector<std::string>& unit, std::size_t min_count, std::size_t threads,
         std::uint64_t memory, const std::string& work_dir, const nb::object& progress) {
        BlocksSettings settings;
        settings.page = holds(scope, "page");
        settings.site = holds(scope, "site");
        settings.paragraphs = holds(unit, "paragraph");
        settings.sentences = holds(unit, "sentence");
        settings.spans = holds(unit, "span");
        settings.min_count = min_count;
        return blocks_tables(source, settings, run_settings(threads, memory, work_dir), progress);
      },
      "source"_a, "scope"_a, "unit"_a, "min_count"_a, "threads"_a, "memory"_a, "work_dir"_a,
      "progress"_a.none());
  m.def(
      "split",
      [](const Source& source, bool prose, const std::vector<std::string>& mask,
         std::size_t threads, std::uint64_t memory, const std::string& work_dir,
         const nb::object& progress) {
        return split_tables(source, {prose, holds(mask, "site")},
                            run_settings(threads, memory, work_dir), progress);
      },
      "source"_a, "prose"_a, "mask"_a, "threads"_a, "memory"_a, "work_dir"_a, "progress"_a.none());
  m.def(
      "summarize",
      [](const Source& source, std::size_t sentences, std::size_t words, std::size_t chars,
         const std::string& query, const std::vector<std::string>& mask, std::size_t threads,
         std::uint64_t memory, const std::string& work_dir, const nb::object& progress) {
        AbstractSettings settings;
        settings.sentences = sentences;
        settings.words = words;
        settings.characters = chars;
        settings.query = query;
        settings.mask_page = holds(mask, "page");
        settings.mask_site = holds(mask, "site");
        return summarize_tables(source, settings, run_settings(threads, memory, work_dir),
                                progress);
      },
      "source"_a, "sentences"_a, "words"_a, "chars"_a, "query"_a, "mask"_a, "threads"_a, "memory"_a,
      "work_dir"_a, "progress"_a.none());
  m.def("compare", &compare_values, "a"_a, "b"_a, "min_tokens"_a);
}

}  // namespace copydesk::python
