// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/split/split_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "copydesk/blocks/page_stories.h"
#include "copydesk/blocks/term_statistics.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/kernels/target.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/text/sentence_splitter.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/record_cut.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {
namespace {

// Terms in a smaller share of the sentences of a text are no function words.
constexpr double kStopShare = 0.25;

struct StoryLines {
  std::string lines;
  std::vector<RecordFault> faults;
  std::uint64_t documents = 0, stories = 0, split_documents = 0;
};

class StoryWriter {
 public:
  StoryWriter(const SplitOptions& options, const TextMask* mask, const std::atomic<bool>* stop)
      : options_(options), stop_(stop), parser_(options.corpus.fields), masker_(mask) {}

  void operator()(RecordBatch& batch, StoryLines& out) {
    out = {};
    parser_.parse(batch, {[&](const Document& document) {
                            name_ = document.has_id ? std::string(document.id)
                                                    : fmt::format("{}:{}", batch.source_name,
                                                                  document.origin.line);
                            write(document, out);
                          },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  void write(const Document& document, StoryLines& out) {
    ++out.documents;
    const auto [text, spans] = masker_.mask(document);  // offsets are those of the document
    if (options_.method == SplitMethod::kProse) {
      write_prose(document.text, text, spans, out);
      return;
    }
    page_.find(text, stop_);
    std::size_t number = 0;
    for (const PageStory& story : page_.stories()) {
      std::string_view title = story.title.of(text);
      if (title.empty() && number == 0) title = document.title;
      append_head(story.span, ++number, title, out.lines);
      if (options_.clean) {
        clean_.clear();
        append_body(text, page_.body(story), clean_);
        append_text(clean_, out.lines);
      } else {
        append_text(story.span.of(document.text), out.lines);
      }
    }
    out.stories += number;
    out.split_documents += number > 1;
  }

  void write_prose(std::string_view text, std::string_view masked, std::span<const TextSpan> gone,
                   StoryLines& out) {
    splitter_.split(masked, sentences_);
    tokenizer_.tokenize_with_spans(masked, tokens_);
    make_terms(tokenizer_.folded(), tokens_, terms_);
    ends_.clear();
    std::uint32_t token = 0;
    TermStatistics statistics;
    for (const TextSpan& sentence : sentences_.spans) {
      const std::uint32_t first = token;
      while (token < tokens_.size() && tokens_.spans[token].begin < sentence.end) ++token;
      ends_.push_back(token);
      statistics.add(std::span(terms_).subspan(first, token - first));
    }
    const std::vector<std::size_t> begins = split_prose(
        terms_, ends_, statistics.frequent(options_.prose.stop_terms, kStopShare), options_.prose);
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : sentences_.size();
      const TextSpan span{sentences_.spans[begins[i]].begin, sentences_.spans[end - 1].end};
      append_head(span, i + 1, {}, out.lines);
      append_text(options_.clean ? without(text, span, gone) : span.of(text), out.lines);
    }
    out.stories += begins.size();
    out.split_documents += begins.size() > 1;
  }

  // The span without what is `gone`, which is ascending and disjoint.
  std::string_view without(std::string_view text, TextSpan span, std::span<const TextSpan> gone) {
    clean_.clear();
    std::size_t copied = span.begin;
    auto next = std::partition_point(gone.begin(), gone.end(),
                                     [&](const TextSpan& s) { return s.end <= span.begin; });
    for (; next != gone.end() && next->begin < span.end; ++next) {
      if (next->begin > copied) clean_ += text.substr(copied, next->begin - copied);
      copied = std::max(copied, next->end);
    }
    if (copied < span.end) clean_ += text.substr(copied, span.end - copied);
    return clean_;
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

  static void append_text(std::string_view text, std::string& out) {
    append_json_string(out, text);
    out += "}\n";
  }

  const SplitOptions& options_;
  const std::atomic<bool>* stop_;
  RecordParser parser_;
  TextMasker masker_;
  PageStories page_;
  SentenceSplitter splitter_;
  SentenceList sentences_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint64_t> terms_;
  std::string name_;
  std::string clean_;
};

void take_damaged(const Document& document, CorpusReader& reader) {
  RecordFault fault{document.origin,
                    fmt::format("\"{}\" holds offsets that are not of this text", kRemovedField),
                    {}};
  fault.bytes = document.record.substr(0, RecordFault::kMaxBytes);
  reader.take_fault(fault);
}

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
  clock.begin("count lines");
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
  clock.begin("split");
  ByteSink* const sink = outputs.sink("--output");
  run_ordered_stage<RecordBatch, StoryLines>(
      options.corpus.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next(batch);
      },
      [&](std::size_t) { return StoryWriter(options, mask, control.stop); },
      [&](RecordBatch& batch, StoryLines& lines) {
        control.check_stop();
        if (counts_faults) {
          for (const RecordFault& fault : lines.faults) reader.take_fault(fault);
        }
        if (sink != nullptr) sink->write(lines.lines);
        summary.documents += lines.documents;
        summary.stories += lines.stories;
        summary.split_documents += lines.split_documents;
        summary.bytes += batch.text().size();
        if (counts_faults) reader.check_share_of_faults(summary.documents);
        control.report(
            {"split", reader.raw_bytes(), reader.raw_size(), "bytes", summary.documents});
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
                                  bool is_damaged = false;
                                  const auto original = restore_record(
                                      document.record, corpus.fields.text, &is_damaged);
                                  if (is_damaged) {
                                    take_damaged(document, reader);
                                    return;
                                  }
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
