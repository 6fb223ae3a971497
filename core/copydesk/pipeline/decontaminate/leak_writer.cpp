// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/decontaminate/leak_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "copydesk/write/record_cut.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

void append_unchanged(std::string& out, const ReadDocument& read) {
  if (read.batch.format == InputFormat::kText) {
    append_text_record(out, read.document.id, read.document.text);
  } else {
    out += read.document.record;
    out += '\n';
  }
}

}  // namespace

LeakWriter::LeakWriter(const DecontaminateOptions& options, const EvaluationItems& items)
    : options_(options), items_(items), finder_(items) {}

void LeakWriter::operator()(const ReadDocument& read, BatchLeaks& out) {
  const Document& document = read.document;
  const std::span<const Leak> leaks = finder_.find(document.text);
  if (!leaks.empty()) {
    out.leaks.insert(out.leaks.end(), leaks.begin(), leaks.end());
    out.counts.push_back(static_cast<std::uint32_t>(leaks.size()));
    name_ = read.name();
    if (!options_.hits_path.empty()) {
      describe(document, read.batch.source_name, is_table(read.batch.format), leaks);
      for (const LeakLine& line : lines_) append_leak_line(out.hits, line);
    }
    if (options_.on_hit) give(read, leaks, out);
    if (!options_.html_path.empty()) show(document, leaks, out);
  }
  counted_.clear();
  std::copy_if(leaks.begin(), leaks.end(), std::back_inserter(counted_),
               [&](const Leak& leak) { return counts(leak); });
  out.dropped += counted_.empty() ? 0 : 1;
  if (!options_.kept_path.empty() && counted_.empty()) append_unchanged(out.kept, read);
  if (!options_.cut_path.empty()) append_cut(read, out);
  if (!options_.marked_path.empty()) append_marked(read, out);
}

// A text file becomes a record, which takes the mark as any other does.
void LeakWriter::append_marked(const ReadDocument& read, BatchLeaks& out) {
  if (counted_.empty()) return append_unchanged(out.marked, read);
  describe(read.document, read.batch.source_name, is_table(read.batch.format), counted_);
  std::string record;
  append_unchanged(record, read);
  record.pop_back();
  append_marked_record(out.marked, record, lines_);
  out.marked += '\n';
}

void LeakWriter::describe(const Document& document, std::string_view file, bool is_row,
                          std::span<const Leak> leaks) {
  lines_.clear();
  for (const Leak& leak : leaks) {
    const EvaluationItem& item = items_.items()[leak.item];
    LeakLine line;
    line.id = name_;
    line.file = file;
    line.line = document.origin.line;
    line.is_row = is_row;
    line.set = items_.sets()[item.set];
    line.item = item.id;
    line.kind = to_string(leak.kind);
    if (leak.has_answer) line.answer = leak.answer_near;
    line.in_text = leak.in_text;
    line.in_item = leak.in_item;
    line.equal_tokens = leak.equal_tokens;
    line.longest_run = leak.longest_run;
    line.same_items = leak.same_items;
    lines_.push_back(line);
  }
}

void LeakWriter::give(const ReadDocument& read, std::span<const Leak> leaks,
                      BatchLeaks& out) const {
  for (const Leak& leak : leaks) {
    const EvaluationItem& item = items_.items()[leak.item];
    out.given.push_back({read.ref(), items_.sets()[item.set], item.id, to_string(leak.kind),
                         leak.has_answer, leak.answer_near, leak.in_text, leak.in_item,
                         leak.equal_tokens, leak.longest_run});
  }
}

void LeakWriter::show(const Document& document, std::span<const Leak> leaks,
                      BatchLeaks& out) const {
  for (const Leak& leak : leaks) {
    if (out.shown.size() == kMostShownPerBatch) return;
    const EvaluationItem& item = items_.items()[leak.item];
    const std::string_view answer = !leak.has_answer    ? ""
                                    : leak.answer_near ? ", with its answer"
                                                        : ", without its answer";
    out.shown.push_back({items_.sets()[item.set], item.id, name_,
                         fmt::format("{}{}", to_string(leak.kind), answer),
                         make_excerpt(item.text, leak.in_item),
                         make_excerpt(document.text, leak.in_text)});
  }
}

void LeakWriter::append_cut(const ReadDocument& read, BatchLeaks& out) {
  if (counted_.empty()) return append_unchanged(out.cut, read);
  find_cuts(read.document.text, counted_);
  for (const TextSpan& span : cuts_) out.cut_bytes += span.size();
  std::string record;
  append_unchanged(record, read);
  record.pop_back();
  const bool is_file = read.batch.format == InputFormat::kText;
  append_cut_record(out.cut, record, is_file ? "text" : options_.corpus.fields.text, cuts_);
  out.cut += '\n';
}

// Ascending and disjoint.
void LeakWriter::find_cuts(std::string_view text, std::span<const Leak> leaks) {
  cuts_.clear();
  for (const Leak& leak : leaks) cuts_.push_back(leak.in_text);
  if (options_.cut == LeakCut::kSentences) {
    splitter_.split(text, sentences_);
    const std::vector<TextSpan>& spans = sentences_.spans;
    for (TextSpan& cut : cuts_) {
      const auto first = std::partition_point(
          spans.begin(), spans.end(), [&](const TextSpan& s) { return s.end <= cut.begin; });
      const auto behind = std::partition_point(
          first, spans.end(), [&](const TextSpan& s) { return s.begin < cut.end; });
      if (first == behind) continue;
      cut = {std::min(cut.begin, first->begin), std::max(cut.end, (behind - 1)->end)};
    }
  }
  std::sort(cuts_.begin(), cuts_.end(),
            [](const TextSpan& x, const TextSpan& y) { return x.begin < y.begin; });
  std::size_t kept = 0;
  for (const TextSpan& cut : cuts_) {
    if (kept > 0 && cut.begin <= cuts_[kept - 1].end) {
      cuts_[kept - 1].end = std::max(cuts_[kept - 1].end, cut.end);
    } else {
      cuts_[kept++] = cut;
    }
  }
  cuts_.resize(kept);
}

}  // namespace copydesk
