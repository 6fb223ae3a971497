// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/blocks_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "copydesk/run/removed_file.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/record_cut.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {
namespace {

constexpr std::size_t kSampleBytes = 120;

// Takes those of the document off the front.
template <class Record>
std::span<const Record> take_document(std::span<const Record>& records, std::uint32_t document) {
  std::size_t count = 0;
  while (count < records.size() && records[count].document == document) ++count;
  const std::span<const Record> taken = records.first(count);
  records = records.subspan(count);
  return taken;
}

// Writes short pieces behind each other: a page has hundreds of blocks, each with a dozen of them.
class PieceWriter {
 public:
  template <std::size_t kSize>
  PieceWriter& text(const char (&literal)[kSize]) {
    return text(std::string_view(literal, kSize - 1));
  }
  PieceWriter& text(std::string_view word) {
    to_ = std::copy(word.begin(), word.end(), to_);
    return *this;
  }
  PieceWriter& number(std::uint64_t value) {
    to_ = std::to_chars(to_, bytes_ + sizeof bytes_, value).ptr;
    return *this;
  }
  // Appends what was written, and begins anew.
  void move_to(std::string& out) {
    out.append(bytes_, static_cast<std::size_t>(to_ - bytes_));
    to_ = bytes_;
  }

 private:
  char bytes_[256];  // for the fields of a block with four numbers and its kind
  char* to_ = bytes_;
};

// REQUIRES: the spans are ascending and disjoint.
std::string text_without(std::string_view text, std::span<const TextSpan> cuts) {
  std::string left;
  std::size_t done = 0;
  for (const TextSpan& cut : cuts) {
    left += text.substr(done, cut.begin - done);
    done = cut.end;
  }
  left += text.substr(done);
  return left;
}

}  // namespace

BlockWriter::BlockWriter(const BlocksOptions& options, const CorpusTable& table,
                         const SiteModel& model, const BlocksPageData* page)
    : options_(options),
      table_(table),
      model_(model),
      page_(page),
      finder_(options.mask),
      trimmer_(options.span_bounds) {}

void BlockWriter::operator()(const ReadDocument& read, BatchRepeats& repeats, BlockLines& out) {
  const Document& document = read.document;
  const std::uint32_t number = read.number;
  blocks_.clear();
  const std::string site = site_name(document.site, document.url);
  add_page_blocks(document, options_.mask.site ? site_key(site) : 0, number);
  add_passages(document.text, number, BlockKind::kParagraph, repeats.paragraphs_left);
  add_passages(document.text, number, BlockKind::kSentence, repeats.sentences_left);
  add_spans(document.text, number, repeats.spans_left);

  const bool is_written = !options_.output_path.empty() || !options_.corpus.output_folder.empty();
  if (options_.on_cut || (is_written && options_.output == BlocksOutput::kCut)) join_blocks();
  if (is_written) append_output(read, out);
  if (page_ != nullptr) append_sample(read, out);
  if (options_.on_cut) out.cut.push_back({read.ref(), text_without(document.text, cuts_)});
  std::uint64_t bytes = 0;
  const auto site_place =
      site.empty() ? FoundBlock::kNoSite : static_cast<std::uint32_t>(out.sites.size());
  for (const PlacedBlock& placed : blocks_) {
    const BlockSpan& span = placed.block;
    bytes += span.span.size();
    const std::string_view sample =
        cut_between_characters(span.span.of(document.text), kSampleBytes);
    out.found.push_back({span.kind, span.key, span.span.size(),
                         static_cast<std::uint32_t>(out.found_samples.size()),
                         static_cast<std::uint32_t>(sample.size()), site_place});
    out.found_samples += sample;
    if (options_.on_block) {
      out.blocks.push_back({read.ref(), span.span, to_string(span.kind), span.count,
                            table_.ref_of(placed.first_document), span.first_begin});
    }
  }
  if (!site.empty()) out.sites.push_back({site, 1, document.text.size(), bytes});
}

void BlockWriter::append_sample(const ReadDocument& read, BlockLines& out) const {
  if (blocks_.empty()) return;
  const std::uint64_t hash = sample_hash(read.number);
  if (hash >= page_->bound()) return;
  const Document& document = read.document;
  MarkedDocument& shown = out.samples.emplace_back(SampledDocument{hash, {}}).document;
  shown.name = read.name();
  shown.take(document);
  shown.text = cut_between_characters(document.text, BlocksPage::kMostTextBytes);
  shown.is_cut_off = shown.text.size() < document.text.size();
  for (const PlacedBlock& placed : blocks_) {
    const BlockSpan& block = placed.block;
    if (block.span.begin >= shown.text.size()) break;
    shown.blocks.push_back({block.span, block.kind, block.count});
  }
}

void BlockWriter::append_output(const ReadDocument& read, BlockLines& out) {
  const Document& document = read.document;
  std::string_view record = document.record;
  if (read.batch.format == InputFormat::kText) {
    text_record_.clear();
    append_text_record(text_record_, document.id, document.text);
    text_record_.pop_back();  // its line feed
    record = text_record_;
  }
  switch (options_.output) {
    case BlocksOutput::kBlocks:
      append_blocks(read.number, out.lines);
      break;
    case BlocksOutput::kAnnotated:
      append_annotated(record, out.lines);
      break;
    case BlocksOutput::kCut:
      append_cut(read, record, out);
      break;
  }
}

void BlockWriter::add_page_blocks(const Document& document, std::uint64_t site,
                                  std::uint32_t number) {
  if (!options_.mask.page && site == 0) return;
  finder_.find(document.text, site, &model_, page_blocks_);
  for (const BlockSpan& block : page_blocks_) blocks_.push_back({block, number});
}

// Surplus copies, unless a narrower scope has taken a part of them.
void BlockWriter::add_passages(std::string_view text, std::uint32_t number, BlockKind kind,
                               std::span<const PassageCopy>& copies) {
  const std::size_t sorted = blocks_.size();
  std::size_t taken = 0;
  std::uint32_t behind = 0;  // the copy before
  for (const PassageCopy& copy : take_document(copies, number)) {
    if (copy.begin < behind || copy.end < copy.begin || copy.end > text.size()) fail_changed({});
    behind = copy.end;
    TextSpan span{copy.begin, copy.end};
    if (kind == BlockKind::kSentence) {
      span = with_white_space(text, span);
    } else if (span.end < text.size() && text[span.end] == '\n') {
      ++span.end;
    }
    while (taken < sorted && blocks_[taken].block.span.end <= span.begin) ++taken;
    if (taken < sorted && blocks_[taken].block.span.begin < span.end) continue;
    // Sentences side by side may both have taken the white space between them.
    if (blocks_.size() > sorted) {
      span.begin = std::max(span.begin, blocks_.back().block.span.end);
    }
    const BlockKind found = copy.is_near ? BlockKind::kNearParagraph : kind;
    blocks_.push_back({{span, found, copy.count, copy.first_begin, copy.key}, copy.first_document});
  }
  sort_added(sorted);
}

// What narrower scopes have taken is left out of spans.
void BlockWriter::add_spans(std::string_view text, std::uint32_t number,
                            std::span<const RepeatedSpan>& spans) {
  const std::span<const RepeatedSpan> found = take_document(spans, number);
  if (found.empty()) return;
  tokenizer_.tokenize_with_spans(text, tokens_);
  trimmer_.set_text(text, tokens_);
  const std::size_t sorted = blocks_.size();
  std::size_t taken = 0;
  std::uint32_t behind = 0;  // the span before
  for (const RepeatedSpan& repeat : found) {
    if (repeat.begin < behind || repeat.end < repeat.begin || repeat.end > tokens_.hashes.size()) {
      fail_changed({});
    }
    behind = repeat.end;
    TextSpan span = trimmer_.trim(repeat.begin, repeat.end);
    if (span.empty()) continue;
    BlockSpan block{span, BlockKind::kSpan, repeat.count, repeat.first_begin, 0};
    for (std::size_t i = repeat.begin; i < repeat.end; ++i) {
      block.key = mix_keys(block.key, tokens_.hashes[i]);
    }
    while (taken < sorted && blocks_[taken].block.span.end <= span.begin) ++taken;
    for (std::size_t i = taken; i < sorted && blocks_[i].block.span.begin < span.end; ++i) {
      block.span.end = std::min(span.end, blocks_[i].block.span.begin);
      if (block.span.begin < block.span.end) blocks_.push_back({block, repeat.first_document});
      block.span.begin = std::max(block.span.begin, blocks_[i].block.span.end);
    }
    block.span.end = span.end;
    if (block.span.begin < block.span.end) blocks_.push_back({block, repeat.first_document});
  }
  sort_added(sorted);
}

void BlockWriter::sort_added(std::size_t sorted) {
  std::inplace_merge(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(sorted),
                     blocks_.end(), [](const PlacedBlock& x, const PlacedBlock& y) {
                       return x.block.span.begin < y.block.span.begin;
                     });
}

void BlockWriter::append_blocks(std::uint32_t number, std::string& out) {
  if (blocks_.empty()) return;
  constexpr std::string_view kHead = "{\"id\":";
  name_ = kHead;
  append_json_string(name_, table_.name_of(number));
  PieceWriter pieces;
  for (const PlacedBlock& placed : blocks_) {
    const BlockSpan& span = placed.block;
    out += name_;
    pieces.text(",\"begin\":").number(span.span.begin);
    pieces.text(",\"end\":").number(span.span.end);
    pieces.text(",\"kind\":\"").text(to_string(span.kind));
    pieces.text("\",\"count\":").number(span.count);
    pieces.text(",\"first_id\":").move_to(out);
    if (placed.first_document == number) {
      out.append(name_, kHead.size());
    } else {
      append_json_string(out, table_.name_of(placed.first_document));
    }
    pieces.text(",\"first_begin\":").number(span.first_begin).text("}\n").move_to(out);
  }
}

void BlockWriter::append_annotated(std::string_view record, std::string& out) const {
  // A list of an earlier run gives way.
  constexpr std::string_view kField = "copydesk_blocks";
  const std::string bare = without_member(record, kField);
  record = bare;
  const std::size_t brace = record.rfind('}');
  out += record.substr(0, brace);
  fmt::format_to(std::back_inserter(out), ",\"{}\":[", kField);
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const BlockSpan& span = blocks_[i].block;
    fmt::format_to(std::back_inserter(out),
                   "{}{{\"begin\":{},\"end\":{},\"kind\":\"{}\",\"count\":{}}}", i == 0 ? "" : ",",
                   span.span.begin, span.span.end, to_string(span.kind), span.count);
  }
  out += ']';
  out += record.substr(brace);
  out += '\n';
}

void BlockWriter::join_blocks() {
  cuts_.clear();
  for (const PlacedBlock& placed : blocks_) {
    const TextSpan& span = placed.block.span;
    if (!cuts_.empty() && cuts_.back().end == span.begin) {
      cuts_.back().end = span.end;
    } else {
      cuts_.push_back(span);
    }
  }
}

void BlockWriter::append_cut(const ReadDocument& read, std::string_view record, BlockLines& out) {
  const bool is_text = read.batch.format == InputFormat::kText;
  const bool is_apart = options_.removed != RemovedTexts::kInDocuments;
  const std::size_t begin = out.lines.size();
  append_cut_record(out.lines, record, is_text ? "text" : options_.corpus.fields.text, cuts_,
                    is_apart ? &removed_ : nullptr);
  if (options_.removed == RemovedTexts::kInFile && !removed_.empty()) {
    append_removed_line(out.removed, table_.place_of(read.number),
                        std::string_view(out.lines).substr(begin), removed_);
  }
  out.lines += '\n';
}

}  // namespace copydesk
