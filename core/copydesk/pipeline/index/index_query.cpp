// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/index/index_query.h"

#include <fmt/format.h>

#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/pipeline/index/match_lines.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"

namespace copydesk {

namespace {

struct Query {
  SearchedText text;
  RecordPlace place;
  DocumentRef ref;

  [[nodiscard]] std::uint64_t bytes() const {
    return sizeof(Query) + text.set.set.size() * 8 + text.keys.size() * 24 + text.text.size() +
           place.id.size();
  }
};

struct BatchQueries {
  std::vector<Query> queries;
  void clear() { queries.clear(); }
};

class QueryRun {
 public:
  QueryRun(const IndexQueryOptions& options, const RunControl& control)
      : options_(options),
        control_(control),
        opened_(options.index != nullptr ? nullptr
                                         : std::make_unique<const IndexReader>(
                                               options.index_path, options.allow_older)),
        index_(opened_ ? *opened_ : *options.index),
        searcher_(index_, control),
        outputs_({{"--output", options.output_path}}, options.corpus.other_outputs) {}

  IndexQueryResult run() {
    StageClock clock;
    clock.begin("query");
    const std::unique_ptr<CorpusReader> reader = open_corpus(options_.corpus, control_);
    outputs_.refuse_inputs(reader->inputs());
    outputs_.open();
    const std::uint64_t most_bytes = table_memory(options_.corpus) / 4;
    first_pass<BatchQueries>(
        *reader, "query",
        [&](std::size_t) {
          return [this, preparer = std::make_unique<TextPreparer>(index_.parameters(),
                                                            StopFlag(control_.stop))](
                     const ReadDocument& read, BatchQueries& out) {
            Query& query = out.queries.emplace_back();
            preparer->prepare(read.text, preparer->kind_of(read.document.tokens), query.text);
            if (options_.on_matches) query.ref = read.ref();
            query.place = {read.name(), read.batch.source_name, read.document.origin.line,
                           is_table(read.batch.format)};
          };
        },
        [&](ReadBatch<BatchQueries>& batch) {
          summary_.bytes += batch.row.size;
          for (Query& query : batch.found.queries) {
            // The name of the file dies with the batch.
            query.place.file = reader->inputs()[batch.row.source].path;
            held_bytes_ += query.bytes();
            texts_.push_back(std::move(query.text));
            places_.push_back(std::move(query.place));
            refs_.push_back(std::move(query.ref));
          }
          if (held_bytes_ > most_bytes) answer();
        });
    answer();
    outputs_.commit();
    summary_.faults = reader->faults().total;
    IndexQueryResult result{summary_, {}};
    RunReport& report = result.report;
    report.command = "index query";
    report.parameters.add("index", std::string_view(options_.index_path));
    report.parameters.add("index_generation", index_.manifest().generation);
    for (const auto& [name, value] : index_.parameters().canonical()) {
      report.parameters.add(name, std::string_view(value));
    }
    report.counts.add("documents", summary_.documents);
    report.counts.add("documents_with_matches", summary_.with_matches);
    report.counts.add("matches", summary_.matches);
    end_report(*reader, outputs_, clock, report);
    return result;
  }

 private:
  void answer() {
    const auto answers = searcher_.search(texts_, {options_.most, 0}, options_.corpus.threads);
    ByteSink* const sink = outputs_.sink("--output");
    std::string lines;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const std::vector<IndexMatch>& matches = answers[i].matches;
      if (options_.on_matches && !matches.empty()) {
        options_.on_matches(std::move(refs_[i]), matches, index_);
      }
      for (const IndexMatch& match : matches) {
        if (sink == nullptr) break;
        append_match_line(lines, places_[i], texts_[i], match, index_);
      }
      summary_.matches += matches.size();
      summary_.with_matches += matches.empty() ? 0 : 1;
      if (sink != nullptr && lines.size() > (std::size_t{1} << 20)) {
        sink->write(lines);
        lines.clear();
      }
    }
    if (sink != nullptr) sink->write(lines);
    summary_.documents += texts_.size();
    texts_.clear(), places_.clear(), refs_.clear();
    held_bytes_ = 0;
  }

  const IndexQueryOptions& options_;
  const RunControl& control_;
  std::unique_ptr<const IndexReader> opened_;
  const IndexReader& index_;
  IndexSearcher searcher_;
  OutputSet outputs_;
  IndexQuerySummary summary_;
  std::vector<SearchedText> texts_;
  std::vector<RecordPlace> places_;
  std::vector<DocumentRef> refs_;
  std::uint64_t held_bytes_ = 0;
};

}  // namespace

IndexQueryResult run_index_query(const IndexQueryOptions& options, const RunControl& control) {
  return QueryRun(options, control).run();
}

}  // namespace copydesk
