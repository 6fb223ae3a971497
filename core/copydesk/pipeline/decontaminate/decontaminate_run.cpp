// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/decontaminate/decontaminate_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/corpus/saved_file.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/decontaminate/leak_writer.h"
#include "copydesk/pipeline/passes/set_name.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/json_text.h"

namespace copydesk {

namespace {

constexpr std::size_t kMostShown = 2'000;

struct ReadItems {
  struct Item {
    std::string set, id, question, answer;
  };
  std::vector<Item> items;
  void clear() { items.clear(); }
};

EvaluationItems read_items(const DecontaminateOptions& options, const OutputSet& outputs,
                           DecontaminateSummary& summary, const RunControl& control) {
  CorpusOptions corpus = options.corpus;
  corpus.inputs = options.evaluation_inputs;
  corpus.documents = options.evaluation_documents;
  corpus.text_field_option = "--against-text-field";
  corpus.format = InputFormat::kAuto;
  // The reader of records knows no questions: the fields go by the names of others.
  FieldNames& fields = corpus.fields;
  if (!options.question_field.empty()) fields.text = options.question_field;
  if (!options.id_field.empty()) fields.id = options.id_field;
  fields.title = options.answer_field;
  fields.site = options.set_field;
  fields.url.clear(), fields.time.clear(), fields.order.clear(), fields.tokens.clear();
  const std::unique_ptr<CorpusReader> reader = open_corpus(corpus, control);
  outputs.refuse_inputs(reader->inputs());
  EvaluationItems items;
  std::uint64_t documents = 0;
  first_pass<ReadItems>(
      *reader, "prepare",
      [](std::size_t) {
        return [](const ReadDocument& read, ReadItems& out) {
          const Document& document = read.document;
          out.items.push_back({document.site.empty() ? set_of_file(read.batch.source_name)
                                                     : std::string(document.site),
                               read.name(), std::string(document.text),
                               std::string(document.title)});
        };
      },
      [&](const ReadBatch<ReadItems>& batch) {
        for (const auto& [set, id, question, answer] : batch.found.items) {
          items.add(set, id, question, answer);
        }
        documents += batch.documents;
      });
  summary.faults += reader->faults().total;
  if (documents == 0) throw Error(ErrorCode::kCannotOpen, "nothing to look for", "--against");
  items.build();
  return items;
}

// Counts per set, and which items were found.
class LeakCounter {
 public:
  explicit LeakCounter(const EvaluationItems& items)
      : items_(items),
        found_(items.items().size()),
        with_answer_(items.items().size()),
        last_document_(items.sets().size()) {
    for (const std::string& set : items.sets()) counts_.emplace_back().set = set;
    for (std::uint32_t item = 0; item < items.items().size(); ++item) {
      LeakCounts& set = counts_[items.items()[item].set];
      ++set.items;
      set.items_too_short += items.indexed(item) == EvaluationItems::kNone ? 1 : 0;
    }
  }

  void add(const BatchLeaks& batch) {
    auto leak = batch.leaks.begin();
    for (const std::uint32_t count : batch.counts) {
      ++documents_;
      for (const auto end = leak + count; leak != end; ++leak) add(*leak);
    }
  }

  // Items that share a text with one that was found are found, too.
  [[nodiscard]] std::vector<LeakCounts> finish() {
    std::vector<bool> texts(items_.index().size());
    for (std::uint32_t item = 0; item < found_.size(); ++item) {
      if (found_[item]) texts[items_.indexed(item)] = true;
    }
    for (std::uint32_t item = 0; item < found_.size(); ++item) {
      const std::uint32_t text = items_.indexed(item);
      if (text == EvaluationItems::kNone || !texts[text]) continue;
      LeakCounts& set = counts_[items_.items()[item].set];
      ++set.items_found;
      set.items_with_answer += with_answer_[item] ? 1 : 0;
    }
    return counts_;
  }

  [[nodiscard]] std::uint64_t documents() const { return documents_; }

 private:
  void add(const Leak& leak) {
    const std::uint32_t number = items_.items()[leak.item].set;
    LeakCounts& set = counts_[number];
    ++set.hits;
    if (last_document_[number] != documents_) ++set.documents;
    last_document_[number] = documents_;
    set.whole += leak.kind == ItemHitKind::kWhole ? 1 : 0;
    set.run += leak.kind == ItemHitKind::kRun ? 1 : 0;
    set.passage += leak.kind == ItemHitKind::kPassage ? 1 : 0;
    found_[leak.item] = true;
    if (leak.answer_near) with_answer_[leak.item] = true;
  }

  const EvaluationItems& items_;
  std::vector<LeakCounts> counts_;
  std::vector<bool> found_, with_answer_;
  std::vector<std::uint64_t> last_document_;  // with a leak of the set
  std::uint64_t documents_ = 0;
};

std::string to_json(std::span<const LeakCounts> sets) {
  std::string json = "[";
  for (const LeakCounts& set : sets) {
    if (json.size() > 1) json += ", ";
    json += "{\"set\": ";
    append_json_string(json, set.set);
    fmt::format_to(std::back_inserter(json),
                   ", \"items\": {}, \"items_too_short\": {}, \"items_found\": {}, "
                   "\"items_found_with_answer\": {}, \"documents\": {}, \"hits\": {}, "
                   "\"whole\": {}, \"run\": {}, \"passage\": {}}}",
                   set.items, set.items_too_short, set.items_found, set.items_with_answer,
                   set.documents, set.hits, set.whole, set.run, set.passage);
  }
  return json + "]";
}

void fill_report(const DecontaminateOptions& options, DecontaminateResult& result) {
  const DecontaminateSummary& summary = result.summary;
  RunReport& report = result.report;
  report.command = "decontaminate";
  report.parameters.add("needs_answer", std::string_view(options.needs_answer ? "yes" : "no"));
  report.parameters.add(
      "cut", std::string_view(options.cut == LeakCut::kSentences ? "sentences" : "span"));
  report.parameters.add("threads", static_cast<std::uint64_t>(options.corpus.threads));
  report.counts.add("documents", summary.documents);
  report.counts.add("bytes", summary.bytes);
  report.counts.add("items", summary.items);
  report.counts.add("items_too_short", summary.items_too_short);
  report.counts.add("items_found", summary.items_found);
  report.counts.add("items_found_with_answer", summary.items_with_answer);
  report.counts.add("documents_with_leaks", summary.documents_with_leaks);
  report.counts.add("hits", summary.hits);
  if (!options.kept_path.empty()) report.counts.add("dropped", summary.dropped);
  if (!options.cut_path.empty()) report.counts.add("cut_bytes", summary.cut_bytes);
  report.counts.add_json("sets", to_json(result.sets));
}

}  // namespace

DecontaminateResult run_decontaminate(const DecontaminateOptions& options,
                                      const RunControl& control) {
  const bool has_sets =
      !options.evaluation_inputs.empty() || options.evaluation_documents != nullptr;
  if (!has_sets && options.prepared_path.empty()) {
    throw Error(ErrorCode::kInvalidOption, "names nothing to look for", "--against");
  }
  StageClock clock;
  clock.begin("prepare");
  DecontaminateResult result;
  DecontaminateSummary& summary = result.summary;
  const bool is_prepared = !has_sets;
  OutputSet outputs({{"--output", options.hits_path},
                     {"--drop", options.kept_path},
                     {"--cut", options.cut_path},
                     {"--mark", options.marked_path},
                     {"--html", options.html_path},
                     {"--prepared", is_prepared ? "" : options.prepared_path}},
                    options.corpus.other_outputs);
  const std::unique_ptr<CorpusReader> reader = open_corpus(options.corpus, control);
  outputs.refuse_inputs(reader->inputs());
  const EvaluationItems items =
      is_prepared ? EvaluationItems::parse(
                        read_kept_file(options.prepared_path, EvaluationItems::stated_size),
                        options.prepared_path)
                  : read_items(options, outputs, summary, control);
  outputs.open();
  if (ByteSink* const prepared = outputs.sink("--prepared")) prepared->write(items.to_bytes());
  const auto write = [&](const char* option, const std::string& lines) {
    if (ByteSink* const sink = outputs.sink(option)) sink->write(lines);
  };

  clock.begin("read");
  LeakCounter counter(items);
  std::vector<ShownLeak> shown;
  first_pass<BatchLeaks>(
      *reader, "read", [&](std::size_t) { return LeakWriter(options, items); },
      [&](ReadBatch<BatchLeaks>& batch) {
        BatchLeaks& found = batch.found;
        counter.add(found);
        summary.documents += batch.documents;
        summary.bytes += batch.row.size;
        summary.hits += found.leaks.size();
        summary.dropped += found.dropped;
        summary.cut_bytes += found.cut_bytes;
        write("--output", found.hits);
        if (options.on_hit) std::ranges::for_each(found.given, options.on_hit);
        write("--drop", found.kept);
        write("--cut", found.cut);
        write("--mark", found.marked);
        for (ShownLeak& leak : found.shown) {
          if (shown.size() < kMostShown) shown.push_back(std::move(leak));
        }
      });

  clock.begin("write");
  result.sets = counter.finish();
  for (const LeakCounts& set : result.sets) {
    summary.items += set.items;
    summary.items_too_short += set.items_too_short;
    summary.items_found += set.items_found;
    summary.items_with_answer += set.items_with_answer;
  }
  summary.documents_with_leaks = counter.documents();
  summary.faults += reader->faults().total;
  if (ByteSink* const html = outputs.sink("--html")) {
    write_leak_report(*html, summary.documents, result.sets, shown, summary.hits - shown.size());
  }
  outputs.commit();
  fill_report(options, result);
  end_report(*reader, outputs, clock, result.report);
  return result;
}

}  // namespace copydesk
