// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <unordered_map>

#include "copydesk/error.h"
#include "copydesk/kernels/target.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/blocks_scan.h"
#include "copydesk/pipeline/process_usage.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/record_cut.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostFrequent = 20;
constexpr std::size_t kFrequentCandidates = std::size_t{1} << 18;
constexpr std::size_t kSampleBytes = 120;

struct FoundBlock {
  BlockKind kind;
  std::uint64_t key;
  std::uint64_t bytes;
  std::string sample;
};

struct BlockLines {
  std::string lines;
  std::vector<FoundBlock> found;
};

class BlockWriter {
 public:
  BlockWriter(const BlocksOptions& options, const ScannedBlocks& scanned)
      : options_(options),
        scanned_(scanned),
        parser_(options.corpus.fields),
        finder_(options.mask) {}

  void operator()(RecordBlock& block, BlockLines& out) {
    out.lines.clear();
    out.found.clear();
    std::uint32_t number = scanned_.table.blocks[block.sequence].first_document;
    parser_.parse(block, {[&](const Document& document) { write(block, document, number++, out); },
                          [](RecordFault&&) {}});
  }

 private:
  void write(const RecordBlock& block, const Document& document, std::uint32_t number,
             BlockLines& out) {
    const std::uint64_t site =
        options_.mask.site ? site_key(site_name(document.site, document.url)) : 0;
    spans_.clear();
    if (options_.mask.page || site != 0) {
      finder_.find(document.text, site, &scanned_.model, spans_);
    }
    const std::size_t from_page = spans_.size();
    first_documents_.assign(from_page, number);
    add_paragraphs(document.text, number);
    std::string_view record = document.record;
    if (block.format == InputFormat::kText) {
      text_record_.clear();
      append_text_record(text_record_, document.id, document.text);
      text_record_.pop_back();  // its line feed
      record = text_record_;
    }
    switch (options_.output) {
      case BlocksOutput::kBlocks:
        append_blocks(number, out.lines);
        break;
      case BlocksOutput::kAnnotated:
        append_annotated(record, out.lines);
        break;
      case BlocksOutput::kCut:
        append_cut(block, record, out.lines);
        break;
    }
    for (const BlockSpan& span : spans_) {
      out.found.push_back(
          {span.kind, span.key, span.span.size(),
           std::string(cut_between_characters(span.span.of(document.text), kSampleBytes))});
    }
  }

  // Repeated paragraphs beyond those to keep, unless a narrower scope has taken a part of them.
  void add_paragraphs(std::string_view text, std::uint32_t number) {
    const std::size_t from_page = spans_.size();
    std::size_t taken = 0;
    for (const ParagraphPlace& place : scanned_.paragraphs.of(number)) {
      if (place.rank < options_.keep) continue;
      const TextSpan span{place.begin, std::min<std::size_t>(place.end + 1, text.size())};
      const bool has_feed = span.end > place.end && text[place.end] == '\n';
      while (taken < from_page && spans_[taken].span.end <= span.begin) ++taken;
      if (taken < from_page && spans_[taken].span.begin < span.end) continue;
      const ParagraphGroup& group = scanned_.paragraphs.groups[place.key];
      spans_.push_back({{span.begin, has_feed ? span.end : place.end},
                        BlockKind::kParagraph,
                        group.count,
                        group.first_begin,
                        place.key});
      first_documents_.push_back(group.first_document);
    }
    if (spans_.size() == from_page) return;
    order_.resize(spans_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = {spans_[i], first_documents_[i]};
    std::sort(order_.begin(), order_.end(),
              [](const auto& x, const auto& y) { return x.first.span.begin < y.first.span.begin; });
    for (std::size_t i = 0; i < order_.size(); ++i) {
      std::tie(spans_[i], first_documents_[i]) = order_[i];
    }
  }

  void append_blocks(std::uint32_t number, std::string& out) const {
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      const BlockSpan& span = spans_[i];
      out += "{\"id\":";
      append_json_string(out, scanned_.table.name_of(number));
      fmt::format_to(std::back_inserter(out),
                     ",\"begin\":{},\"end\":{},\"kind\":\"{}\",\"count\":{},\"first_id\":",
                     span.span.begin, span.span.end, to_string(span.kind), span.count);
      append_json_string(out, scanned_.table.name_of(first_documents_[i]));
      fmt::format_to(std::back_inserter(out), ",\"first_begin\":{}}}\n", span.first_begin);
    }
  }

  void append_annotated(std::string_view record, std::string& out) const {
    const std::size_t brace = record.rfind('}');
    out += record.substr(0, brace);
    out += ",\"copydesk_blocks\":[";
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      const BlockSpan& span = spans_[i];
      fmt::format_to(
          std::back_inserter(out), "{}{{\"begin\":{},\"end\":{},\"kind\":\"{}\",\"count\":{}}}",
          i == 0 ? "" : ",", span.span.begin, span.span.end, to_string(span.kind), span.count);
    }
    out += ']';
    out += record.substr(brace);
    out += '\n';
  }

  void append_cut(const RecordBlock& block, std::string_view record, std::string& out) {
    cuts_.clear();
    for (const BlockSpan& span : spans_) {
      if (!cuts_.empty() && cuts_.back().end == span.span.begin) {
        cuts_.back().end = span.span.end;
      } else {
        cuts_.push_back(span.span);
      }
    }
    const bool is_text = block.format == InputFormat::kText;
    append_cut_record(out, record, is_text ? "text" : options_.corpus.fields.text, cuts_);
    out += '\n';
  }

  const BlocksOptions& options_;
  const ScannedBlocks& scanned_;
  RecordParser parser_;
  BlockFinder finder_;
  std::vector<BlockSpan> spans_;
  std::vector<std::uint32_t> first_documents_;
  std::vector<std::pair<BlockSpan, std::uint32_t>> order_;
  std::vector<TextSpan> cuts_;
  std::string text_record_;
};

// The blocks found most often, in bounded memory: beyond the limit those found once are forgotten.
class FrequentBlocks {
 public:
  void add(const FoundBlock& block) {
    FrequentBlock& entry = blocks_[{block.kind == BlockKind::kParagraph ? 1 : 0, block.key}];
    if (entry.times++ == 0) {
      entry.kind = block.kind;
      entry.text = block.sample;
    }
    entry.bytes += block.bytes;
    if (blocks_.size() <= kFrequentCandidates) return;
    std::erase_if(blocks_, [](const auto& item) { return item.second.times == 1; });
    if (blocks_.size() > kFrequentCandidates / 2) blocks_.clear();
  }

  [[nodiscard]] std::vector<FrequentBlock> most_frequent() const {
    std::vector<FrequentBlock> list;
    for (const auto& [key, block] : blocks_) {
      if (block.times > 1) list.push_back(block);
    }
    std::sort(list.begin(), list.end(), [](const FrequentBlock& x, const FrequentBlock& y) {
      return std::tie(y.times, y.bytes, x.text) < std::tie(x.times, x.bytes, y.text);
    });
    if (list.size() > kMostFrequent) list.resize(kMostFrequent);
    return list;
  }

 private:
  struct KeyHash {
    std::size_t operator()(const std::pair<int, std::uint64_t>& key) const {
      return static_cast<std::size_t>(key.second) + static_cast<std::size_t>(key.first);
    }
  };
  std::unordered_map<std::pair<int, std::uint64_t>, FrequentBlock, KeyHash> blocks_;
};

void write_report(const BlocksOptions& options, const CorpusReader& reader, BlocksResult& result) {
  RunReport& report = result.report;
  const BlocksSummary& summary = result.summary;
  report.command = "blocks";
  report.parameters.add("page", std::uint64_t{options.mask.page});
  report.parameters.add("site", std::uint64_t{options.mask.site});
  report.parameters.add("corpus", std::uint64_t{options.paragraphs});
  report.counts.add("documents", summary.documents);
  report.counts.add("text_bytes", summary.text_bytes);
  report.counts.add("sites", summary.sites);
  report.counts.add("pages_that_are_copies", summary.page_copies);
  report.counts.add("lines_forgotten", summary.forgotten);
  report.counts.add("paragraphs", summary.paragraphs);
  report.counts.add("repeated_paragraphs", summary.repeated_paragraphs);
  for (std::size_t kind = 0; kind < kBlockKinds; ++kind) {
    const std::string name(to_string(static_cast<BlockKind>(kind)));
    report.counts.add(name + "_blocks", summary.blocks[kind]);
    report.counts.add(name + "_bytes", summary.block_bytes[kind]);
  }
  describe(reader.faults(), report.faults);
}

}  // namespace

BlocksResult run_blocks(const BlocksOptions& options, const RunControl& control) {
  if (options.least_bytes == 0) {
    throw Error(ErrorCode::kInvalidOption, "a paragraph has at least 1 byte", "--min-bytes");
  }
  StageClock clock;
  clock.begin("read");
  BlocksResult result;
  BlocksSummary& summary = result.summary;
  CorpusReader reader(options.corpus, control);
  const ScannedBlocks scanned = scan_blocks(reader, options, control, summary);

  clock.begin("write");
  const std::unique_ptr<ByteSink> sink = open_byte_sink(options.output_path);
  FrequentBlocks frequent;
  std::uint64_t bytes = 0;
  reader.restart(scanned.table);
  run_ordered_stage<RecordBlock, BlockLines>(
      options.corpus.threads,
      [&](RecordBlock& block) {
        control.check_stop();
        return reader.next_again(block);
      },
      [&](std::size_t) { return BlockWriter(options, scanned); },
      [&](RecordBlock& block, BlockLines& lines) {
        sink->write(lines.lines);
        for (const FoundBlock& found : lines.found) {
          ++summary.blocks[static_cast<std::size_t>(found.kind)];
          summary.block_bytes[static_cast<std::size_t>(found.kind)] += found.bytes;
          frequent.add(found);
        }
        bytes += block.bytes.size();
        control.report({"write", bytes, summary.bytes, "bytes", 0});
      });
  if (!options.model_out_path.empty()) {
    const std::unique_ptr<ByteSink> model = open_byte_sink(options.model_out_path);
    model->write(scanned.model.to_bytes());
    model->commit();
  }
  sink->commit();
  summary.most_frequent = frequent.most_frequent();
  summary.faults = reader.faults().total;
  write_report(options, reader, result);
  result.report.stages = clock.finish();
  result.report.wall_seconds = clock.wall_seconds();
  result.report.peak_bytes = peak_memory_bytes();
  result.report.simd = simd_target();
  return result;
}

}  // namespace copydesk
