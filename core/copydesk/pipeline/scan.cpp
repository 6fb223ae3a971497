#include "copydesk/pipeline/scan.h"

#include <limits>
#include <string>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/read/time_value.h"
#include "copydesk/sketch/similarity_estimate.h"

namespace copydesk {

namespace {

// What one block gave, in the order of its records.
struct BlockScan {
  BlockRow block;
  std::vector<DocumentRow> documents;
  std::vector<std::uint64_t> keys;    // documents x bands
  std::vector<std::uint8_t> slots;    // documents x slots
  std::vector<double> keep_values;
  std::uint64_t unusable_keep_values = 0;
  std::string ids;
  std::vector<std::uint32_t> id_sizes;
  std::vector<RecordFault> faults;

  void clear() {
    documents.clear(), keys.clear(), slots.clear(), keep_values.clear();
    ids.clear(), id_sizes.clear(), faults.clear();
    unusable_keep_values = 0;
  }
};

// The thread's own state: parser, shingler, sketcher and their buffers.
class BlockScanner {
 public:
  BlockScanner(const CorpusOptions& corpus, const ScanOptions& options)
      : options_(options),
        parser_(corpus.fields),
        shingler_(options.shingles),
        sketcher_(options.sketch),
        sketch_(options.sketch.slots) {}

  void operator()(RecordBlock& block, BlockScan& out) {
    out.clear();
    out.block = {block.source,     static_cast<std::uint32_t>(block.bytes.size()),
                 block.first_offset, block.first_line,
                 block_checksum(block), 0};
    parser_.parse(block, {[&](const Document& document) { add(block, document, out); },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  void add(const RecordBlock& block, const Document& document, BlockScan& out) {
    shingler_.shingle(document.text, shingled_);
    out.documents.push_back({shingled_.exact_low, shingled_.exact_high,
                             static_cast<std::uint32_t>(document.origin.offset - block.first_offset),
                             static_cast<std::uint32_t>(document.record.size()),
                             static_cast<std::uint32_t>(document.origin.line - block.first_line),
                             static_cast<std::uint32_t>(shingled_.tokens), shingled_.text_class});
    sketcher_.sketch(shingled_.shingles, sketch_);
    const std::size_t bands = options_.banding.bands;
    out.keys.resize(out.keys.size() + bands);
    compute_band_keys(sketch_, options_.banding, std::span(out.keys).last(bands));
    out.slots.resize(out.slots.size() + sketch_.size());
    pack_slots(sketch_, std::span(out.slots).last(sketch_.size()));
    if (document.has_id) out.ids.append(document.id);
    out.id_sizes.push_back(document.has_id ? static_cast<std::uint32_t>(document.id.size()) : 0);
    if (options_.keep.rule != KeepRule::kFirst) add_keep_value(document, out);
  }

  void add_keep_value(const Document& document, BlockScan& out) {
    double field_value = kNoKeepValue;
    if (options_.keep.needs_field()) {
      const bool by_time =
          options_.keep.rule == KeepRule::kNewest || options_.keep.rule == KeepRule::kOldest;
      const std::optional<double> value =
          by_time ? parse_time(document.time) : parse_number_or_time(document.order);
      if (value) field_value = *value;
      if (!value) ++out.unusable_keep_values;
    }
    out.keep_values.push_back(keep_value(options_.keep, shingled_.tokens, field_value));
  }

  const ScanOptions& options_;
  RecordParser parser_;
  Shingler shingler_;
  Sketcher sketcher_;
  ShingledText shingled_;
  std::vector<std::uint32_t> sketch_;
};

void append(const BlockScan& block, const ScanOptions& options, ScannedCorpus& corpus) {
  CorpusTable& table = corpus.table;
  constexpr std::size_t kMostDocuments = std::numeric_limits<std::uint32_t>::max() - 1;
  if (table.documents.size() + block.documents.size() > kMostDocuments) {
    throw Error(ErrorCode::kLimitExceeded, "a run holds at most 4,294,967,294 documents");
  }
  table.blocks.push_back(block.block);
  table.blocks.back().first_document = static_cast<std::uint32_t>(table.documents.size());
  const std::size_t bands = options.banding.bands;
  const std::size_t slots = options.sketch.slots;
  std::string_view ids = block.ids;
  for (std::size_t i = 0; i < block.documents.size(); ++i) {
    table.documents.push_back(block.documents[i]);
    corpus.keys.append(std::span(block.keys).subspan(i * bands, bands));
    corpus.sketches.append(std::span(block.slots).subspan(i * slots, slots));
    table.ids.append(ids.substr(0, block.id_sizes[i]));
    ids.remove_prefix(block.id_sizes[i]);
  }
  corpus.keep_values.insert(corpus.keep_values.end(), block.keep_values.begin(),
                            block.keep_values.end());
  corpus.unusable_keep_values += block.unusable_keep_values;
  corpus.bytes += block.block.size;
}

}  // namespace

ScannedCorpus scan_corpus(CorpusReader& reader, const CorpusOptions& corpus_options,
                          const ScanOptions& options, const RunControl& control) {
  ScannedCorpus corpus;
  corpus.table.inputs = reader.inputs();
  corpus.keys = BandKeyTable(options.banding.bands);
  corpus.sketches = PackedSketches(options.sketch.slots);
  run_ordered_stage<RecordBlock, BlockScan>(
      corpus_options.threads,
      [&](RecordBlock& block) {
        control.check_stop();
        return reader.next(block);
      },
      [&](std::size_t) { return BlockScanner(corpus_options, options); },
      [&](RecordBlock&, BlockScan& block) {
        for (const RecordFault& fault : block.faults) reader.take_fault(fault);
        append(block, options, corpus);
        reader.check_share_of_faults(corpus.table.documents.size());
        control.report({"read", corpus.bytes, 0, "bytes", corpus.table.documents.size()});
      });
  return corpus;
}

}  // namespace copydesk
