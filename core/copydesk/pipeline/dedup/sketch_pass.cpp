// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/sketch_pass.h"

#include <limits>
#include <string>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/idf_pass.h"
#include "copydesk/read/time_value.h"
#include "copydesk/sketch/similarity_estimate.h"

namespace copydesk {

namespace {

constexpr std::uint32_t kBatchFrame = 1;
constexpr std::uint32_t kEndFrame = 2;
// As much of the input is scanned again, at most, after a loss of power.
constexpr std::uint64_t kSyncBytes = std::uint64_t{1} << 30;

}  // namespace

BatchScanner::BatchScanner(const CorpusOptions& corpus, const ScanOptions& options,
                           const CorpusIdf* idf)
    : options_(options),
      parser_(corpus.fields),
      masker_(options.mask),
      shingler_(options.shingles),
      sketch_(options.sketch.slots) {
  if (options.simhash) {
    fingerprinter_.emplace(*options.simhash, idf);
  } else {
    sketcher_.emplace(options.sketch);
  }
}

void BatchScanner::operator()(RecordBatch& batch, BatchScan& out) {
  out.clear();
  out.batch = make_batch_row(batch);
  parser_.parse(batch, {[&](const Document& document) { add(batch, document, out); },
                        [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
}

void BatchScanner::add(const RecordBatch& batch, const Document& document, BatchScan& out) {
  shingler_.shingle(masker_.masked(document), shingled_);
  out.documents.push_back({shingled_.exact_low, shingled_.exact_high,
                           static_cast<std::uint32_t>(document.origin.offset - batch.first_offset),
                           static_cast<std::uint32_t>(document.record.size()),
                           static_cast<std::uint32_t>(document.origin.line - batch.first_line),
                           static_cast<std::uint32_t>(shingled_.tokens), shingled_.text_class});
  out.keys.resize(out.keys.size() + options_.banding.bands);
  const auto keys = std::span(out.keys).last(options_.banding.bands);
  if (fingerprinter_) {
    fingerprinter_->fingerprint(document.text, shingler_, shingled_, keys);
  } else {
    add_sketch(keys, out);
  }
  if (document.has_id) out.ids.append(document.id);
  out.id_sizes.push_back(document.has_id ? static_cast<std::uint32_t>(document.id.size()) : 0);
  if (options_.keep.rule != KeepRule::kFirst) add_keep_value(document, out);
}

void BatchScanner::add_sketch(std::span<std::uint64_t> keys, BatchScan& out) {
  sketcher_->sketch(shingled_.shingles, sketch_);
  compute_band_keys(sketch_, options_.banding, keys);
  out.slots.resize(out.slots.size() + sketch_.size());
  pack_slots(sketch_, std::span(out.slots).last(sketch_.size()));
}

void BatchScanner::add_keep_value(const Document& document, BatchScan& out) {
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

ScannedCorpus::ScannedCorpus(const ScanOptions& options, const std::string& work_folder,
                             const MemoryBudget& memory)
    : mask(options.mask),
      keys(std::in_place, options.banding.bands, key_width(options), work_folder, memory.keys) {
  if (!options.simhash) sketches.emplace(options.sketch.slots, work_folder, memory.sketches);
}

namespace {

void append(const BatchScan& batch, const ScanOptions& options, ScannedCorpus& corpus) {
  CorpusTable& table = corpus.table;
  constexpr std::size_t kMostDocuments = std::numeric_limits<std::uint32_t>::max() - 1;
  if (table.documents.size() + batch.documents.size() > kMostDocuments) {
    throw Error(ErrorCode::kLimitExceeded, "a run holds at most 4,294,967,294 documents");
  }
  table.batches.push_back(batch.batch);
  table.batches.back().first_document = static_cast<std::uint32_t>(table.documents.size());
  corpus.keys->append(batch.keys);
  const std::size_t slots = options.sketch.slots;
  std::string_view ids = batch.ids;
  for (std::size_t i = 0; i < batch.documents.size(); ++i) {
    table.documents.push_back(batch.documents[i]);
    if (corpus.sketches) corpus.sketches->append(std::span(batch.slots).subspan(i * slots, slots));
    table.ids.append(ids.substr(0, batch.id_sizes[i]));
    ids.remove_prefix(batch.id_sizes[i]);
  }
  corpus.keep_values.insert(corpus.keep_values.end(), batch.keep_values.begin(),
                            batch.keep_values.end());
  corpus.unusable_keep_values += batch.unusable_keep_values;
  corpus.bytes += batch.batch.size;
}

// Takes over what an earlier run scanned; true if it reached the end.
bool replay(CorpusReader& reader, const ScanOptions& options, FrameLog& log,
            ScannedCorpus& corpus) {
  FrameLog::Frame frame;
  BatchScan scan;
  while (log.read(frame)) {
    if (frame.kind == kEndFrame) return true;
    PackedReader bytes(frame.payload, log.path());
    unpack(bytes, scan);
    if (scan.keys.size() != scan.documents.size() * options.banding.bands ||
        scan.slots.size() != scan.documents.size() * options.sketch.slots ||
        scan.batch.source >= corpus.table.inputs.size()) {
      bytes.fail();
    }
    for (const RecordFault& fault : scan.faults) reader.take_fault(fault);
    append(scan, options, corpus);
  }
  return false;
}

// Brings the reader to where the earlier run ended, and makes sure that it read the same.
void skip_scanned(CorpusReader& reader, const CorpusTable& table, const RunControl& control) {
  RecordBatch batch;
  std::uint64_t bytes = 0;
  for (const BatchRow& row : table.batches) {
    control.check_stop();
    const bool same = reader.next(batch) && batch.source == row.source &&
                      batch.first_offset == row.first_offset && batch.text().size() == row.size &&
                      batch_checksum(batch) == row.checksum;
    if (!same) {
      throw Error(ErrorCode::kInputChanged, "the input has changed since the unfinished run",
                  table.inputs[row.source].path);
    }
    bytes += row.size;
    control.report({"check", reader.raw_bytes(), reader.raw_size(), "bytes", 0});
  }
}

// Adds batches to the log.
class ScanLog {
 public:
  explicit ScanLog(FrameLog* log) : log_(log) {}

  void add(const BatchScan& scan) {
    if (log_ == nullptr) return;
    bytes_.clear();
    pack(scan, bytes_);
    log_->append(kBatchFrame, bytes_.view());
    unsynced_ += scan.batch.size;
    if (unsynced_ >= kSyncBytes) sync();
  }
  void end() {
    if (log_ == nullptr) return;
    log_->append(kEndFrame, {});
    sync();
  }

 private:
  void sync() {
    log_->sync();
    unsynced_ = 0;
  }

  FrameLog* log_;
  PackedBytes bytes_;
  std::uint64_t unsynced_ = 0;
};

}  // namespace

ScannedCorpus scan_corpus(CorpusReader& reader, const CorpusOptions& corpus_options,
                          const ScanOptions& options, const MemoryBudget& memory, FrameLog* log,
                          const RunControl& control) {
  ScannedCorpus corpus(options, corpus_options.work_folder, memory);
  corpus.table.inputs = reader.inputs();
  if (log != nullptr && replay(reader, options, *log, corpus)) return corpus;
  std::optional<CorpusIdf> idf;
  if (options.simhash && options.simhash->weights == SimHashWeights::kTfIdf) {
    idf = count_idf(reader, corpus_options, {}, control, PassFaults::kLeave);
    reader.restart();
  }
  skip_scanned(reader, corpus.table, control);
  ScanLog scan_log(log);
  run_ordered_stage<RecordBatch, BatchScan>(
      corpus_options.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next(batch);
      },
      [&](std::size_t) { return BatchScanner(corpus_options, options, idf ? &*idf : nullptr); },
      [&](RecordBatch&, BatchScan& batch) {
        for (const RecordFault& fault : batch.faults) reader.take_fault(fault);
        append(batch, options, corpus);
        reader.check_share_of_faults(corpus.table.documents.size());
        scan_log.add(batch);
        control.report({"read", reader.raw_bytes(), reader.raw_size(), "bytes",
                        corpus.table.documents.size()});
      });
  scan_log.end();
  return corpus;
}

}  // namespace copydesk
