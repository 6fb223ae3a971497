// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/split/split_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/kernels/target.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/text/sentence_splitter.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/record_cut.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {
namespace {

struct TermScan {
  BatchRow batch;
  std::vector<std::vector<std::uint64_t>> documents;  // terms
  std::vector<std::vector<std::uint64_t>> lines;      // of prose: sentences
  std::vector<RecordFault> faults;
};

class TermScanner {
 public:
  TermScanner(const SplitOptions& options, const TextMask* mask)
      : options_(options), parser_(options.corpus.fields), masker_(mask) {}

  void operator()(RecordBatch& batch, TermScan& out) {
    out.documents.clear(), out.lines.clear(), out.faults.clear();
    out.batch = make_batch_row(batch);
    parser_.parse(batch, {[&](const Document& document) { add(document, out); },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  void add(const Document& document, TermScan& out) {
    const std::string_view text = masker_.masked(document);
    scanner_.scan(text, lines_);
    auto& terms = out.documents.emplace_back();
    make_terms(scanner_.folded(), scanner_.tokens(), terms);
    if (options_.method == SplitMethod::kPages) {
      for (const Line& line : lines_) {
        const auto begin = terms.begin() + line.first_token;
        out.lines.emplace_back(begin, begin + line.tokens);
      }
      return;
    }
    splitter_.split(text, sentences_);
    const std::vector<TextSpan>& tokens = scanner_.tokens().spans;
    std::size_t token = 0;
    for (const TextSpan& sentence : sentences_.spans) {
      const std::size_t first = token;
      while (token < tokens.size() && tokens[token].begin < sentence.end) ++token;
      out.lines.emplace_back(terms.begin() + static_cast<std::ptrdiff_t>(first),
                             terms.begin() + static_cast<std::ptrdiff_t>(token));
    }
  }

  const SplitOptions& options_;
  RecordParser parser_;
  TextMasker masker_;
  LineScanner scanner_;
  std::vector<Line> lines_;
  SentenceSplitter splitter_;
  SentenceList sentences_;
};

// Terms in a smaller share of the units are no function words, however small the corpus.
constexpr double kStopShare = 0.25;

struct StoryLines {
  std::string lines;
  std::uint64_t documents = 0, stories = 0, split_documents = 0;
};

class StoryWriter {
 public:
  StoryWriter(const SplitOptions& options, const TermStatistics& statistics, const TextMask* mask)
      : options_(options),
        statistics_(statistics),
        stop_terms_(statistics.frequent(options.prose.stop_terms, kStopShare)),
        parser_(options.corpus.fields),
        masker_(mask) {}

  void operator()(RecordBatch& batch, StoryLines& out) {
    out = {};
    parser_.parse(batch, {[&](const Document& document) {
                            name_ = document.has_id ? std::string(document.id)
                                                    : fmt::format("{}:{}", batch.source_name,
                                                                  document.origin.line);
                            write(document, out);
                          },
                          [](RecordFault&&) {}});
  }

 private:
  void write(const Document& document, StoryLines& out) {
    const auto [text, spans] = masker_.mask(document);  // offsets are those of the document
    if (options_.clean) left_out_.assign(spans.begin(), spans.end());
    scanner_.scan(text, lines_);
    make_terms(scanner_.folded(), scanner_.tokens(), terms_);
    if (options_.method == SplitMethod::kProse) {
      write_prose(document.text, text, out);
      return;
    }
    find_page_layout(text, lines_, options_.layout, layout_);
    if (options_.clean) leave_out_repeats();
    const std::vector<Story> stories =
        split_stories(lines_, layout_, terms_, statistics_, options_.splitter);
    for (std::size_t i = 0; i < stories.size(); ++i) {
      append(document.text, stories[i], i + 1, out.lines);
    }
    ++out.documents;
    out.stories += stories.size();
    out.split_documents += stories.size() > 1;
  }

  void leave_out_repeats() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (layout_.roles[i].is_cut(i)) left_out_.push_back(lines_[i].whole);
    }
    std::sort(left_out_.begin(), left_out_.end(),
              [](const TextSpan& x, const TextSpan& y) { return x.begin < y.begin; });
  }

  void write_prose(std::string_view text, std::string_view masked, StoryLines& out) {
    splitter_.split(masked, sentences_);
    const std::vector<TextSpan>& tokens = scanner_.tokens().spans;
    ends_.clear();
    std::uint32_t token = 0;
    for (const TextSpan& sentence : sentences_.spans) {
      while (token < tokens.size() && tokens[token].begin < sentence.end) ++token;
      ends_.push_back(token);
    }
    const std::vector<std::size_t> begins = split_prose(terms_, ends_, stop_terms_, options_.prose);
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : sentences_.size();
      const TextSpan span{sentences_.spans[begins[i]].begin, sentences_.spans[end - 1].end};
      append_head(span, i + 1, {}, out.lines);
      append_text(text, span, out.lines);
    }
    ++out.documents;
    out.stories += begins.size();
    out.split_documents += begins.size() > 1;
  }

  void append_head(const TextSpan& span, std::size_t number, std::string_view title,
                   std::string& out) const {
    out += "{\"id\":";
    append_json_string(out, name_);
    fmt::format_to(std::back_inserter(out),
                   ",\"story\":{},\"begin\":{},\"end\":{},\"title\":", number, span.begin,
                   span.end);
    append_json_string(out, title);
    out += ",\"text\":";
  }

  void append(std::string_view text, const Story& story, std::size_t number, std::string& out) {
    const TextSpan span{lines_[story.begin_line].whole.begin, lines_[story.end_line - 1].whole.end};
    append_head(span, number,
                story.has_title ? lines_[story.title_line].span.of(text) : std::string_view(), out);
    append_text(text, span, out);
  }

  void append_text(std::string_view text, const TextSpan& span, std::string& out) {
    if (!options_.clean) {
      append_json_string(out, span.of(text));
    } else {
      clean_.clear();
      std::size_t copied = span.begin;
      auto gone = std::partition_point(left_out_.begin(), left_out_.end(),
                                       [&](const TextSpan& s) { return s.end <= span.begin; });
      for (; gone != left_out_.end() && gone->begin < span.end; ++gone) {
        if (gone->begin > copied) clean_ += text.substr(copied, gone->begin - copied);
        copied = std::max(copied, gone->end);
      }
      if (copied < span.end) clean_ += text.substr(copied, span.end - copied);
      append_json_string(out, clean_);
    }
    out += "}\n";
  }

  const SplitOptions& options_;
  const TermStatistics& statistics_;
  std::vector<std::uint64_t> stop_terms_;
  RecordParser parser_;
  TextMasker masker_;
  std::vector<TextSpan> left_out_;  // ascending and disjoint
  SentenceSplitter splitter_;
  SentenceList sentences_;
  std::vector<std::uint32_t> ends_;
  LineScanner scanner_;
  PageLayout layout_;
  std::vector<Line> lines_;
  std::vector<std::uint64_t> terms_;
  std::string name_;
  std::string clean_;
};

// Both counts are kept until it is known which is wanted.
struct Statistics {
  TermStatistics documents;
  TermStatistics lines;
};

template <class Result>
void finish(Result& result, const CorpusReader& reader, StageClock& clock, const char* command) {
  result.summary.faults = reader.faults().total;
  result.report.command = command;
  result.report.counts.add("documents", result.summary.documents);
  describe(reader.faults(), result.report.faults);
  result.report.stages = clock.finish();
  result.report.wall_seconds = clock.wall_seconds();
  result.report.peak_bytes = peak_memory_bytes();
  result.report.simd = simd_target();
}

}  // namespace

SplitResult run_split(const SplitOptions& options, const RunControl& control) {
  StageClock clock;
  clock.begin("read");
  SplitResult result;
  SplitSummary& summary = result.summary;
  OutputSet outputs({{"--output", options.output_path}}, options.corpus.other_outputs);
  CorpusReader reader(options.corpus, control);
  outputs.refuse_inputs(reader.inputs());
  outputs.open();
  bool counts_faults = true;
  const std::optional<TextMask> learnt =
      learn_mask(reader, options.corpus, options.mask, counts_faults, control);
  const TextMask* const mask = learnt ? &*learnt : nullptr;
  CorpusTable table;
  table.inputs = reader.inputs();
  Statistics statistics;
  const auto produce = [&](RecordBatch& batch) {
    control.check_stop();
    return reader.next(batch);
  };
  run_ordered_stage<RecordBatch, TermScan>(
      options.corpus.threads, produce, [&](std::size_t) { return TermScanner(options, mask); },
      [&](RecordBatch&, TermScan& scan) {
        if (counts_faults) {
          for (const RecordFault& fault : scan.faults) reader.take_fault(fault);
        }
        table.batches.push_back(scan.batch);
        for (const auto& terms : scan.documents) statistics.documents.add(terms);
        for (const auto& terms : scan.lines) statistics.lines.add(terms);
        summary.bytes += scan.batch.size;
        reader.check_share_of_faults(statistics.documents.units());
        control.report(
            {"read", reader.raw_bytes(), reader.raw_size(), "bytes", statistics.documents.units()});
      });

  clock.begin("write");
  const bool by_document = statistics.documents.units() >= options.least_documents;
  const TermStatistics& chosen = by_document ? statistics.documents : statistics.lines;
  ByteSink* const sink = outputs.sink("--output");
  reader.restart(table);
  run_ordered_stage<RecordBatch, StoryLines>(
      options.corpus.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next_again(batch);
      },
      [&](std::size_t) { return StoryWriter(options, chosen, mask); },
      [&](RecordBatch&, StoryLines& lines) {
        if (sink != nullptr) sink->write(lines.lines);
        summary.documents += lines.documents;
        summary.stories += lines.stories;
        summary.split_documents += lines.split_documents;
      });
  outputs.commit();
  result.report.counts.add("stories", summary.stories);
  result.report.counts.add("documents_with_several_stories", summary.split_documents);
  finish(result, reader, clock, "split");
  return result;
}

RestoreResult run_restore(const CorpusOptions& corpus, const std::string& output_path,
                          const RunControl& control) {
  StageClock clock;
  clock.begin("restore");
  RestoreResult result;
  RestoreSummary& summary = result.summary;
  OutputSet outputs({{"--output", output_path}}, corpus.other_outputs);
  CorpusReader reader(corpus, control);
  outputs.refuse_inputs(reader.inputs());
  outputs.open();
  ByteSink* const sink = outputs.sink("--output");
  RecordParser parser(corpus.fields);
  RecordBatch batch;
  std::string lines;
  while (reader.next(batch)) {
    control.check_stop();
    lines.clear();
    const RecordVisitor visitor{[&](const Document& document) {
                                  ++summary.documents;
                                  if (batch.format == InputFormat::kText) {
                                    append_text_record(lines, document.id, document.text);
                                    return;
                                  }
                                  const auto original =
                                      restore_record(document.record, corpus.fields.text);
                                  summary.restored += original.has_value();
                                  lines += original ? std::string_view(*original) : document.record;
                                  lines += '\n';
                                },
                                [&](RecordFault&& fault) { reader.take_fault(fault); }};
    parser.parse(batch, visitor);
    if (sink != nullptr) sink->write(lines);
    summary.bytes += batch.text().size();
    reader.check_share_of_faults(summary.documents);
    control.report({"restore", reader.raw_bytes(), reader.raw_size(), "bytes", summary.documents});
  }
  outputs.commit();
  result.report.counts.add("restored", summary.restored);
  finish(result, reader, clock, "restore");
  return result;
}

}  // namespace copydesk
