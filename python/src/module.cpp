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
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cluster_join.h"
#include "copydesk/copydesk.h"
#include "copydesk/error.h"
#include "copydesk/version.h"
#include "index.h"
#include "measures.h"
#include "program.h"
#include "sketches.h"
#include "tables.h"
#include "token_rules.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace copydesk::python {
namespace {

nb::list column_values(const ResultTable& table, std::size_t index) {
  nb::list values;
  const ResultColumn& column = table.columns.at(index);
  if (const auto* texts = std::get_if<Texts>(&column)) {
    for (std::size_t i = 0; i < texts->size(); ++i) {
      const std::string_view text = (*texts)[i];
      values.append(nb::str(text.data(), text.size()));
    }
  } else if (const auto* numbers = std::get_if<std::vector<double>>(&column)) {
    for (const double value : *numbers) values.append(value);
  } else {
    for (const std::int64_t value : std::get<std::vector<std::int64_t>>(column))
      values.append(value);
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

// Null, or the documents of a source that outlives the call.
const Documents* documents_of(const Source* source) {
  return source == nullptr ? nullptr : &source->documents();
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
      .def_static("from_array", &Source::from_array, "schema"_a, "array"_a, "fields"_a,
                  "required"_a)
      .def_static("from_lists", &Source::from_lists, "lists"_a)
      .def_static("from_files", &Source::from_files, "paths"_a, "fields"_a);

  nb::class_<RunArguments>(m, "Run").def(
      "__init__",
      [](RunArguments* run, std::size_t threads, std::uint64_t memory, std::string work_dir,
         nb::object progress) {
        RunSettings settings;
        settings.threads = threads;
        settings.memory_bytes = memory;
        settings.work_folder = std::move(work_dir);
        new (run) RunArguments{std::move(settings), std::move(progress)};
      },
      "threads"_a, "memory"_a, "work_dir"_a, "progress"_a.none());

  m.def(
      "dedup",
      [](const RunArguments& run, const Source& source, const Source* against, double threshold,
         double contained, double recall, const std::string& shingle, std::size_t shingle_size,
         const std::string& tokens, const std::vector<std::string>& fold, const std::string& keep,
         const std::vector<std::string>& mask, const std::string& output_dir,
         const std::string& key, const std::string& source_field) {
        DedupSettings settings;
        settings.output_folder = output_dir;
        settings.key = key;
        settings.source_field = source_field;
        settings.threshold = threshold;
        settings.contained = contained;
        settings.recall = recall;
        settings.characters = is_by_characters(shingle);
        settings.shingle_size = shingle_size;
        set_token_rules(tokens, fold, settings);
        settings.keep = keep;
        settings.mask_page = holds(mask, "page");
        settings.mask_site = holds(mask, "site");
        settings.against = documents_of(against);
        return dedup_tables(source, settings, run);
      },
      "run"_a, "source"_a, "against"_a.none(), "threshold"_a, "contained"_a, "recall"_a,
      "shingle"_a, "shingle_size"_a, "tokens"_a, "fold"_a, "keep"_a, "mask"_a, "output_dir"_a,
      "key"_a, "source_field"_a);
  m.def(
      "filter",
      [](const RunArguments& run, const Source& source, const Source& listed,
         const std::string& list_path, bool drop, bool by_id, const std::string& output_dir) {
        return filter_tables(source, listed, list_path, {drop, by_id, output_dir}, run);
      },
      "run"_a, "source"_a, "listed"_a, "list_path"_a, "drop"_a, "by_id"_a, "output_dir"_a);
  m.def(
      "pairs",
      [](const RunArguments& run, const Source& source, const Source* against, double threshold,
         double recall, const std::string& shingle, std::size_t shingle_size,
         const std::string& tokens, const std::vector<std::string>& fold,
         const std::vector<std::string>& mask) {
        DedupSettings settings;
        settings.threshold = threshold;
        settings.recall = recall;
        settings.characters = is_by_characters(shingle);
        settings.shingle_size = shingle_size;
        set_token_rules(tokens, fold, settings);
        settings.mask_page = holds(mask, "page");
        settings.mask_site = holds(mask, "site");
        settings.against = documents_of(against);
        return pairs_tables(source, settings, run);
      },
      "run"_a, "source"_a, "against"_a.none(), "threshold"_a, "recall"_a, "shingle"_a,
      "shingle_size"_a, "tokens"_a, "fold"_a, "mask"_a);
  m.def(
      "reuse",
      [](const RunArguments& run, const Source& source, const Source* against, double strictness,
         std::size_t min_tokens, const std::vector<std::string>& mask) {
        const ReuseSettings settings{strictness, min_tokens, holds(mask, "page"),
                                     holds(mask, "site"), documents_of(against)};
        return reuse_tables(source, settings, run);
      },
      "run"_a, "source"_a, "against"_a.none(), "strictness"_a, "min_tokens"_a, "mask"_a);
  m.def(
      "blocks",
      [](const RunArguments& run, const Source& source, const std::vector<std::string>& scope,
         const std::vector<std::string>& unit, std::size_t min_count, bool cut,
         const std::string& output_dir) {
        BlocksSettings settings;
        settings.cut = cut;
        settings.output_folder = output_dir;
        settings.page = holds(scope, "page");
        settings.site = holds(scope, "site");
        settings.paragraphs = holds(unit, "paragraph");
        settings.sentences = holds(unit, "sentence");
        settings.spans = holds(unit, "span");
        settings.min_count = min_count;
        return blocks_tables(source, settings, run);
      },
      "run"_a, "source"_a, "scope"_a, "unit"_a, "min_count"_a, "cut"_a, "output_dir"_a);
  m.def(
      "split",
      [](const RunArguments& run, const Source& source, bool prose,
         const std::vector<std::string>& mask, const std::string& output_dir) {
        return split_tables(source, {prose, holds(mask, "site"), output_dir}, run);
      },
      "run"_a, "source"_a, "prose"_a, "mask"_a, "output_dir"_a);
  m.def(
      "summarize",
      [](const RunArguments& run, const Source& source, std::size_t sentences, std::size_t words,
         std::size_t chars, const std::string& query, const std::vector<std::string>& mask,
         const std::string& output_dir) {
        AbstractSettings settings;
        settings.output_folder = output_dir;
        settings.sentences = sentences;
        settings.words = words;
        settings.characters = chars;
        settings.query = query;
        settings.mask_page = holds(mask, "page");
        settings.mask_site = holds(mask, "site");
        return summarize_tables(source, settings, run);
      },
      "run"_a, "source"_a, "sentences"_a, "words"_a, "chars"_a, "query"_a, "mask"_a,
      "output_dir"_a);
  m.def(
      "decontaminate",
      [](const RunArguments& run, const Source& source, const Source& items) {
        return decontaminate_tables(source, items, run);
      },
      "run"_a, "source"_a, "items"_a);
  m.def(
      "extract",
      [](const RunArguments& run, const Source& source) { return extract_tables(source, run); },
      "run"_a, "source"_a);
  m.def("no_records", [] { return rejected_table({}); });
  m.def("extract_pages", &page_table, "pages"_a, "urls"_a, "all_text"_a);
  m.def("compare", &compare_values, "a"_a, "b"_a, "min_tokens"_a);
  m.def(
      "minhash",
      [](const RunArguments& run, const Source& source, const std::string& shingle,
         std::size_t shingle_size, const std::string& tokens, const std::vector<std::string>& fold,
         const std::string& sketch, std::size_t slots, std::uint64_t seed) {
        if (sketch != "fast" && sketch != "minhash") {
          throw Error(ErrorCode::kInvalidOption, "is neither \"fast\" nor \"minhash\"", "sketch");
        }
        const SketchKind kind =
            sketch == "fast" ? SketchKind::kFastSimilarity : SketchKind::kMinHash;
        return minhash_rows(source, shingles_of(shingle, shingle_size, tokens, fold),
                            {kind, slots, seed}, run);
      },
      "run"_a, "source"_a, "shingle"_a, "shingle_size"_a, "tokens"_a, "fold"_a, "sketch"_a,
      "slots"_a, "seed"_a);
  m.def(
      "simhash",
      [](const RunArguments& run, const Source& source, const std::string& shingle,
         std::size_t shingle_size, const std::string& tokens, const std::vector<std::string>& fold,
         const std::string& features, std::size_t bits) {
        if (features != "words" && features != "shingles") {
          throw Error(ErrorCode::kInvalidOption, "is neither \"words\" nor \"shingles\"",
                      "features");
        }
        SimHashOptions simhash;
        simhash.features =
            features == "words" ? SimHashFeatures::kWords : SimHashFeatures::kShingles;
        simhash.bits = bits;
        return simhash_rows(source, shingles_of(shingle, shingle_size, tokens, fold), simhash, run);
      },
      "run"_a, "source"_a, "shingle"_a, "shingle_size"_a, "tokens"_a, "fold"_a, "features"_a,
      "bits"_a);
  m.def("jaccard_estimates", &jaccard_estimates, "a"_a, "b"_a);
  m.def("cosine_estimates", &cosine_estimates, "a"_a, "b"_a);
  m.def(
      "sentences",
      [](const RunArguments& run, const Source& source, const std::string& language) {
        return sentence_table(source, language, run);
      },
      "run"_a, "source"_a, "language"_a);
  m.def("pair_measures", &pair_measures, "truth"_a, "result"_a);
  m.def("cluster_measures", &cluster_measures, "truth"_a, "result"_a);
  m.def(
      "run_program",
      [](const std::vector<nb::bytes>& words) {
        std::vector<std::string> copies;
        for (const nb::bytes& word : words) copies.emplace_back(word.c_str(), word.size());
        std::vector<char*> pointers;
        for (std::string& word : copies) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        const nb::gil_scoped_release released;
        return tools::run_program(static_cast<int>(copies.size()), pointers.data());
      },
      "words"_a);
  add_index_class(m);
  define_cluster(m);
  m.def("rouge", &rouge_table, "references"_a, "candidates"_a, "measures"_a, "stem"_a);
}

}  // namespace copydesk::python
