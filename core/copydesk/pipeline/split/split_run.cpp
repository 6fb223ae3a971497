// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/split/split_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/kernels/target.h"
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
  std::vector<std::vector<std::uint64_t>> documents;  // terms
  std::vector<std::vector<std::uint64_t>> lines;      // of prose: sentences

  void clear() { documents.clear(), lines.clear(); }
};

class TermScanner {
 public:
  explicit TermScanner(SplitMethod method) : method_(method) {}

  void operator()(const ReadDocument& read, TermScan& out) {
    const std::string_view text = read.text;
    scanner_.scan(text, lines_);
    auto& terms = out.documents.emplace_back();
    make_terms(scanner_.folded(), scanner_.tokens(), terms);
    if (method_ == SplitMethod::kPages) {
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

 private:
  SplitMethod method_;
  LineScanner scanner_;
  std::vector<Line> lines_;
  SentenceSplitter splitter_;
  SentenceList sentences_;
};

// Terms in a smaller share of the units are no function words, however small the corpus.
constexpr double kStopShare = 0.25;

struct StoryLines {
  std::string lines;
  std::vector<SeparatedStory> found;  // if they are wanted one by one
  std::uint64_t stories = 0, split_documents = 0;

  void clear() { lines.clear(), found.clear(), stories = split_documents = 0; }
};

class StoryWriter {
 public:
  StoryWriter(const SplitOptions& options, const TermStatistics& statistics)
      : options_(options),
        statistics_(statistics),
        stop_terms_(statistics.frequent(options.prose.stop_terms, kStopShare)) {}

  // Offsets and texts of stories are those of the document.
  void operator()(const ReadDocument& read, StoryLines& out) {
    const Document& document = read.document;
    const std::string_view text = read.text;
    if (options_.clean) left_out_.assign(read.left_out.begin(), read.left_out.end());
    scanner_.scan(text, lines_);
    make_terms(scanner_.folded(), scanner_.tokens(), terms_);
    if (options_.method == SplitMethod::kProse) {
      write_prose(read, out);
      return;
    }
    find_page_layout(text, lines_, options_.layout, layout_);
    if (options_.clean) leave_out_repeats();
    const std::vector<Story> stories =
        split_stories(lines_, layout_, terms_, statistics_, options_.splitter);
    for (std::size_t i = 0; i < stories.size(); ++i) {
      const Story& story = stories[i];
      append(read, i + 1,
             {lines_[story.begin_line].whole.begin, lines_[story.end_line - 1].whole.end},
             story.has_title ? lines_[story.title_line].span.of(document.text)
                             : std::string_view(),
             out);
    }
    out.stories += stories.size();
    out.split_documents += stories.size() > 1;
  }

 private:
  void leave_out_repeats() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (layout_.roles[i].is_cut(i)) left_out_.push_back(lines_[i].whole);
    }
    std::sort(left_out_.begin(), left_out_.end(),
              [](const TextSpan& x, const TextSpan& y) { return x.begin < y.begin; });
  }

  void write_prose(const ReadDocument& read, StoryLines& out) {
    splitter_.split(read.text, sentences_);
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
      append(read, i + 1, span, {}, out);
    }
    out.stories += begins.size();
    out.split_documents += begins.size() > 1;
  }

  void append(const ReadDocument& read, std::size_t number, const TextSpan& span,
              std::string_view title, StoryLines& out) {
    if (options_.on_story) out.found.push_back({read.ref(), number, span, std::string(title)});
    if (options_.output_path.empty()) return;
    std::string& lines = out.lines;
    lines += "{\"id\":";
    append_json_string(lines, read.name());
    fmt::format_to(std::back_inserter(lines),
                   ",\"story\":{},\"begin\":{},\"end\":{},\"title\":", number, span.begin,
                   span.end);
    append_json_string(lines, title);
    lines += ",\"text\":";
    append_text(read.document.text, span, lines);
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
  std::vector<TextSpan> left_out_;  // ascending and disjoint
  SentenceSplitter splitter_;
  SentenceList sentences_;
  std::vector<std::uint32_t> ends_;
  LineScanner scanner_;
  PageLayout layout_;
  std::vector<Line> lines_;
  std::vector<std::uint64_t> terms_;
  std::string clean_;
};

// Both counts are kept until it is known which is wanted.
struct Statistics {
  TermStatistics documents;
  TermStatistics lines;
};

struct RestoredLines {
  std::string lines;
  std::uint64_t restored = 0;

  void clear() { lines.clear(), restored = 0; }
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
  const std::unique_ptr<CorpusReader> reader = open_corpus(options.corpus, control);
  outputs.refuse_inputs(reader->inputs());
  outputs.open();
  learn_mask(*reader, options.mask);
  Statistics statistics;
  first_pass<TermScan>(
      *reader, "read", [&](std::size_t) { return TermScanner(options.method); },
      [&](const ReadBatch<TermScan>& batch) {
        for (const auto& terms : batch.found.documents) statistics.documents.add(terms);
        for (const auto& terms : batch.found.lines) statistics.lines.add(terms);
        summary.bytes += batch.row.size;
      });

  clock.begin("write");
  const bool by_document = statistics.documents.units() >= options.least_documents;
  const TermStatistics& chosen = by_document ? statistics.documents : statistics.lines;
  ByteSink* const sink = outputs.sink("--output");
  first_pass<StoryLines>(
      *reader, "write", [&](std::size_t) { return StoryWriter(options, chosen); },
      [&](ReadBatch<StoryLines>& batch) {
        if (sink != nullptr) sink->write(batch.found.lines);
        for (SeparatedStory& story : batch.found.found) options.on_story(std::move(story));
        summary.documents += batch.documents;
        summary.stories += batch.found.stories;
        summary.split_documents += batch.found.split_documents;
      });
  outputs.commit();
  result.report.counts.add("stories", summary.stories);
  result.report.counts.add("documents_with_several_stories", summary.split_documents);
  finish(result, *reader, clock, "split");
  return result;
}

RestoreResult run_restore(const CorpusOptions& corpus, const std::string& output_path,
                          const RunControl& control) {
  StageClock clock;
  clock.begin("restore");
  RestoreResult result;
  RestoreSummary& summary = result.summary;
  OutputSet outputs({{"--output", output_path}}, corpus.other_outputs);
  const std::unique_ptr<CorpusReader> reader = open_corpus(corpus, control);
  outputs.refuse_inputs(reader->inputs());
  outputs.open();
  ByteSink* const sink = outputs.sink("--output");
  first_pass<RestoredLines>(
      *reader, "restore",
      [&](std::size_t) {
        return [&](const ReadDocument& read, RestoredLines& out) {
          const Document& document = read.document;
          if (read.batch.format == InputFormat::kText) {
            append_text_record(out.lines, document.id, document.text);
            return;
          }
          const auto original = restore_record(document.record, corpus.fields.text);
          out.restored += original.has_value();
          out.lines += original ? std::string_view(*original) : document.record;
          out.lines += '\n';
        };
      },
      [&](const ReadBatch<RestoredLines>& batch) {
        if (sink != nullptr) sink->write(batch.found.lines);
        summary.documents += batch.documents;
        summary.restored += batch.found.restored;
        summary.bytes += batch.row.size;
      });
  outputs.commit();
  result.report.counts.add("restored", summary.restored);
  finish(result, *reader, clock, "restore");
  return result;
}

}  // namespace copydesk
