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

#include "copydesk/blocks/page_part.h"
#include "copydesk/blocks/term_statistics.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/pipeline/passes/record_stories.h"
#include "copydesk/run/checkpoint.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/run/removed_file.h"
#include "copydesk/stop.h"
#include "copydesk/stream/byte_source.h"
#include "copydesk/text/sentence_splitter.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/record_cut.h"
#include "copydesk/write/result_lines.h"
#include "copydesk/write/story_record.h"

namespace copydesk {
namespace {

// Terms in a smaller share of the sentences of a text are no function words.
constexpr double kStopShare = 0.25;

struct StoryLines {
  std::string lines;
  std::vector<SeparatedStory> found;  // if they are wanted one by one
  std::uint64_t stories = 0, split_documents = 0;

  void clear() { lines.clear(), found.clear(), stories = split_documents = 0; }
};

class StoryWriter {
 public:
  StoryWriter(const SplitOptions& options, const std::atomic<bool>* stop)
      : options_(options), stop_(stop) {}

  // Offsets are those of the document. What is longer than any page goes by in parts: see
  // first_part().
  void operator()(const ReadDocument& read, StoryLines& out) {
    const std::size_t before = out.stories;
    number_ = 0;
    std::size_t begin = 0;
    do {
      StopFlag(stop_).check();
      const bool is_prose = options_.method == SplitMethod::kProse;
      begin = is_prose ? write_prose(read, begin, out) : write_page(read, begin, out);
    } while (begin < read.text.size());
    out.stories += number_;
    out.split_documents += out.stories - before > 1;
  }

 private:
  static constexpr std::size_t kMostProseBytes = std::size_t{4} << 20;

  // The stories of the part that begins at `begin`. Returns where the next part begins.
  std::size_t write_page(const ReadDocument& read, std::size_t begin, StoryLines& out) {
    const std::string_view part = first_part(read.text.substr(begin));
    const bool is_all = part.size() == read.text.size();
    Document document = read.document;
    std::span<const TextSpan> left_out = read.left_out;
    if (!is_all) {
      document.text = read.document.text.substr(begin, part.size());
      document.record = {};
      if (begin > 0) document.title = {};
      left_out = left_out_of({begin, begin + part.size()}, read.left_out);
    }
    stories_.find(document, part, left_out, false, stop_);
    StopFlag(stop_).check();
    const std::span<const RecordStory> stories = stories_.stories();
    if (stories.empty() && !is_all) {
      append(read, {begin, begin + part.size()}, {}, document.text, {}, out);
    }
    const std::size_t taken =
        take_whole(stories.size(), part.size(), begin + part.size() == read.text.size(),
                   [&](std::size_t i) { return stories[i].span.begin; });
    for (const RecordStory& story : stories.first(taken)) {
      parts_.clear();
      for (const TextSpan& body : stories_.body(story)) append_without(left_out, body, parts_);
      std::string_view text = story.span.of(document.text);
      if (options_.clean && !stories_.is_program()) {
        text = join(document.text);
      } else {
        for (TextSpan& body : parts_) {
          body = {body.begin - story.span.begin, body.end - story.span.begin};
        }
      }
      append(read, shifted(story.span, begin), story.title, text, parts_, out);
    }
    return begin + (taken < stories.size() ? stories[taken].span.begin : part.size());
  }

  // What of `all` lies in a part of the text, with offsets in that.
  std::span<const TextSpan> left_out_of(TextSpan part, std::span<const TextSpan> all) {
    left_out_.clear();
    for (const TextSpan& span : all) {
      const std::size_t first = std::max(span.begin, part.begin);
      const std::size_t end = std::min(span.end, part.end);
      if (first < end) left_out_.push_back({first - part.begin, end - part.begin});
    }
    return left_out_;
  }

  std::size_t write_prose(const ReadDocument& read, std::size_t begin, StoryLines& out) {
    const std::string_view part = first_part(read.text.substr(begin), kMostProseBytes);
    splitter_.split(part, sentences_);
    tokenizer_.tokenize_with_spans(part, tokens_);
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
    const std::vector<std::size_t> begins =
        split_prose(terms_, ends_, statistics.frequent(options_.prose.stop_terms, kStopShare),
                    options_.prose, StopFlag(stop_));
    const auto begin_of = [&](std::size_t i) { return sentences_.spans[begins[i]].begin; };
    const std::size_t taken =
        take_whole(begins.size(), part.size(), begin + part.size() == read.text.size(), begin_of);
    for (std::size_t i = 0; i < taken; ++i) {
      const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : sentences_.size();
      const TextSpan span = shifted({begin_of(i), sentences_.spans[end - 1].end}, begin);
      std::string_view text = span.of(read.document.text);
      if (options_.clean) {
        parts_.clear();
        append_without(read.left_out, span, parts_);
        text = join(read.document.text);
      }
      append(read, span, {}, text, {}, out);
    }
    return begin + (taken < begins.size() ? begin_of(taken) : part.size());
  }

  // How many of `count` pieces of a part are whole: the last one may go on in the next part, which
  // then begins with it; but it is let go if it is so long that little would come of that.
  template <class BeginOf>
  static std::size_t take_whole(std::size_t count, std::size_t part, bool is_last,
                                BeginOf&& begin_of) {
    return !is_last && count > 1 && begin_of(count - 1) >= part / 2 ? count - 1 : count;
  }

  static TextSpan shifted(TextSpan span, std::size_t by) {
    return {span.begin + by, span.end + by};
  }

  // The parts of `text`, which then are one.
  std::string_view join(std::string_view text) {
    clean_.clear();
    append_body(text, parts_, clean_);
    parts_.clear();
    if (!clean_.empty()) parts_.push_back({0, clean_.size()});
    return clean_;
  }

  // `body` is what of `text` is the story's body; empty if that is not known.
  void append(const ReadDocument& read, const TextSpan& span, std::string_view title,
              std::string_view text, std::span<const TextSpan> body, StoryLines& out) {
    const std::size_t number = ++number_;
    if (options_.on_story) out.found.push_back({read.ref(), number, span, std::string(title)});
    if (options_.output_path.empty() && options_.corpus.output_folder.empty()) return;
    std::string& lines = out.lines;
    lines += "{\"id\":";
    append_json_string(lines, read.name());
    fmt::format_to(std::back_inserter(lines),
                   ",\"story\":{},\"begin\":{},\"end\":{},\"title\":", number, span.begin,
                   span.end);
    append_json_string(lines, title);
    if (!read.document.order.empty()) {
      lines += ",\"lang\":";
      append_json_string(lines, read.document.order);
    }
    lines += ",\"text\":";
    append_json_string(lines, text);
    if (!body.empty()) append_body_field(lines, body);
    lines += "}\n";
  }

  const SplitOptions& options_;
  const std::atomic<bool>* stop_;
  RecordStories stories_;
  std::vector<TextSpan> parts_, left_out_;
  SentenceSplitter splitter_;
  SentenceList sentences_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint64_t> terms_;
  std::string clean_;
  std::size_t number_ = 0;  // of stories of the document so far
};

struct RestoredLines {
  std::string lines;
  std::vector<RecordFault> faults;
  std::uint64_t restored = 0;
  // Where what was cut is in a file: the records, and where they stand.
  struct Record {
    std::string text;
    Origin origin;
    std::string begin;  // of a file of text, as it is; else empty
  };
  std::vector<Record> records;

  void clear() { lines.clear(), faults.clear(), restored = 0, records.clear(); }
};

RecordFault damaged(const Origin& origin, std::string_view record) {
  return {origin, fmt::format("\"{}\" holds offsets that are not of this text", kRemovedField),
          std::string(record.substr(0, RecordFault::kMaxBytes))};
}

std::optional<RemovedFile> open_removed(const RestoreOptions& options, const RunControl& control) {
  if (options.removed_path.empty()) return std::nullopt;
  try {
    return RemovedFile(options.removed_path, options.corpus.work_folder, control.stop);
  } catch (const Interrupted&) {
    throw Cancelled{};
  }
}

void restore_records(RemovedFile& removed, std::string_view text_field, InputFormat format,
                     RestoredLines& out) {
  for (const auto& [record, origin, begin] : out.records) {
    const std::optional<std::string> cut = removed.take(record);
    if (!cut) {
      out.lines.append(record).push_back('\n');
      continue;
    }
    const auto original = restore_record(with_removed_field(record, *cut),
                                         format == InputFormat::kText ? "text" : text_field);
    if (!original) {
      out.faults.push_back(damaged(origin, begin.empty() ? record : begin));
      continue;
    }
    ++out.restored;
    out.lines.append(*original).push_back('\n');
  }
}

template <class Result>
void finish(Result& result, const CorpusReader& reader, const OutputSet& outputs, StageClock& clock,
            const char* command) {
  result.summary.faults = reader.faults().total;
  result.report.command = command;
  result.report.counts.add("documents", result.summary.documents);
  end_report(reader, outputs, clock, result.report);
}

void describe(const SplitOptions& options, ReportSection& section) {
  const bool is_prose = options.method == SplitMethod::kProse;
  section.add("method", std::string_view(is_prose ? "prose" : "pages"));
  if (is_prose) section.add("cut_cost", options.prose.cut_cost);
  section.add("clean", std::uint64_t{options.clean});
  section.add("mask_site", std::uint64_t{options.mask.site});
}

}  // namespace

SplitResult run_split(const SplitOptions& options, const RunControl& control) {
  StageClock clock;
  clock.begin("count lines");
  SplitResult result;
  SplitSummary& summary = result.summary;
  OutputSet outputs({{"--output", options.output_path}}, options.corpus.other_outputs,
                    options.corpus.output_folder);
  const std::unique_ptr<CorpusReader> reader = open_corpus(options.corpus, control);
  outputs.refuse_inputs(reader->inputs());
  outputs.name_shards(reader->inputs());
  describe(options, result.report.parameters);
  RunIdentity identity = make_run_identity("split", options.corpus, reader->inputs());
  identity.outputs = outputs.paths();
  identity.options.emplace_back("parameters", result.report.parameters.to_json(0));
  const std::unique_ptr<Checkpoint> checkpoint = open_checkpoint(options.corpus, identity, control);
  try {
    outputs.open();
    learn_mask(*reader, options.mask,
               memory_for(MemoryPlan::kStories, "mask", table_memory(options.corpus)), *checkpoint);
    clock.begin("split");
    first_pass<StoryLines>(
        *reader, "split", [&](std::size_t) { return StoryWriter(options, control.stop); },
        [&](ReadBatch<StoryLines>& batch) {
          control.check_stop();
          outputs.write_records(batch.row.source, batch.found.lines);
          for (SeparatedStory& story : batch.found.found) options.on_story(std::move(story));
          summary.documents += batch.documents;
          summary.stories += batch.found.stories;
          summary.split_documents += batch.found.split_documents;
          summary.bytes += batch.row.size;
        });
    outputs.commit();
    checkpoint->remove();
  } catch (...) {
    leave_checkpoint(*checkpoint, control);
  }
  result.report.counts.add("stories", summary.stories);
  result.report.counts.add("documents_with_several_stories", summary.split_documents);
  finish(result, *reader, outputs, clock, "split");
  return result;
}

RestoreResult run_restore(const RestoreOptions& options, const RunControl& control) {
  const CorpusOptions& corpus = options.corpus;
  StageClock clock;
  clock.begin("restore");
  RestoreResult result;
  RestoreSummary& summary = result.summary;
  OutputSet outputs({{"--output", options.output_path}}, corpus.other_outputs,
                    corpus.output_folder);
  const std::unique_ptr<CorpusReader> reader = open_corpus(corpus, control);
  outputs.refuse_inputs(reader->inputs());
  outputs.name_shards(reader->inputs());
  outputs.open();
  std::uint64_t damaged_records = 0;
  std::optional<RemovedFile> removed = open_removed(options, control);
  first_pass<RestoredLines>(
      *reader, "restore",
      [&](std::size_t) {
        return [&](const ReadDocument& read, RestoredLines& out) {
          const Document& document = read.document;
          if (removed) {
            RestoredLines::Record& record = out.records.emplace_back();
            append_kept_record(record.text, read.batch.format, document.id, document.record);
            record.text.pop_back();  // its line feed
            record.origin = document.origin;
            if (read.batch.format == InputFormat::kText) {
              record.begin = document.record.substr(0, RecordFault::kMaxBytes);
            }
            return;
          }
          if (read.batch.format == InputFormat::kText) {
            append_text_record(out.lines, document.id, document.text);
            return;
          }
          bool is_damaged = false;
          const auto original = restore_record(document.record, corpus.fields.text, &is_damaged);
          if (is_damaged) {
            out.faults.push_back(damaged(document.origin, document.record));
            return;
          }
          out.restored += original.has_value();
          out.lines += original ? std::string_view(*original) : document.record;
          out.lines += '\n';
        };
      },
      [&](ReadBatch<RestoredLines>& batch) {
        // In order, because equal records may have lost different texts.
        if (removed) restore_records(*removed, corpus.fields.text, batch.row.format, batch.found);
        for (const RecordFault& fault : batch.found.faults) {
          ++damaged_records;
          if (!control.on_fault) continue;
          control.on_fault(reader->inputs()[fault.origin.source].path, fault);
        }
        outputs.write_records(batch.row.source, batch.found.lines);
        summary.documents += batch.documents;
        summary.restored += batch.found.restored;
        summary.bytes += batch.row.size;
      });
  if (removed) {
    summary.not_found = removed->size() - removed->taken();
    result.report.counts.add("removed_texts_without_a_record", summary.not_found);
    if (removed->size() > 0 && removed->taken() == 0 && summary.documents > 0) {
      throw Error(ErrorCode::kTooManyFaults, "no record is one of those that were cut",
                  options.removed_path);
    }
  }
  outputs.commit();
  result.report.counts.add("restored", summary.restored);
  result.report.counts.add("damaged", damaged_records);
  finish(result, *reader, outputs, clock, "restore");
  summary.faults += damaged_records;
  return result;
}

}  // namespace copydesk
