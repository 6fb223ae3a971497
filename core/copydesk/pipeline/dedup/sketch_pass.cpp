// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/sketch_pass.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "copydesk/index/segment.h"
#include "copydesk/index/stored_set.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/pipeline/passes/idf_pass.h"
#include "copydesk/read/time_value.h"
#include "copydesk/sketch/similarity_estimate.h"

namespace copydesk {

namespace {

std::int64_t index_time(std::string_view field, DateOrder order) {
  const std::optional<double> time = parse_time(field, order);
  const bool is_known = time && std::abs(*time) < 1e15;
  return is_known ? static_cast<std::int64_t>(std::floor(*time)) : kNoIndexTime;
}

constexpr std::uint32_t kBatchFrame = 1;
constexpr std::uint32_t kEndFrame = 2;
// As much of the input is scanned again, at most, after a loss of power.
constexpr std::uint64_t kSyncBytes = std::uint64_t{1} << 30;

}  // namespace

SketchWorker::SketchWorker(const ScanOptions& options, const CorpusIdf* idf, StopFlag stop)
    : options_(options), stop_(stop), shingler_(options.shingles), sketch_(options.sketch.slots) {
  if (options.simhash) {
    fingerprinter_.emplace(*options.simhash, idf, options.shingles.fold);
  } else {
    sketcher_.emplace(options.sketch);
  }
  if (options.stores_sets) sets_.emplace(options.shingles, stop);
}

void SketchWorker::operator()(const ReadDocument& read, BatchScan& out) {
  stop_.check();
  if (options_.by_source) add_source(read.document, out);
  if (options_.key) return add_by_key(read, out);
  const TokenKind kind = shingler_.kind_of(read.document.tokens);
  if (sets_) {
    sets_->make(read.text, kind, set_, counts_);
  } else {
    shingler_.shingle(read.text, kind, shingled_);
    stop_.check();
  }
  const ShingledText& shingled = sets_ ? sets_->shingled() : shingled_;
  DocumentRow& row = out.documents.add(read.batch, read.document);
  row.exact_low = shingled.exact_low;
  row.exact_high = shingled.exact_high;
  row.tokens = static_cast<std::uint32_t>(shingled.tokens);
  row.text_class = shingled.text_class;
  out.text_hashes.push_back(content_hash_64(read.document.text.data(), read.document.text.size()));
  out.keys.resize(out.keys.size() + options_.banding.bands);
  const auto keys = std::span(out.keys).last(options_.banding.bands);
  if (fingerprinter_) {
    fingerprinter_->fingerprint(read.text, shingler_, shingled_, keys);
  } else {
    add_sketch(keys, out);
  }
  if (sets_) add_set(out);
  if (options_.for_index) out.times.push_back(index_time(read.document.time, options_.date_order));
  if (options_.keep.rule != KeepRule::kFirst) {
    add_keep_value(read.document, shingled.tokens, out);
  }
}

void SketchWorker::add_set(BatchScan& out) {
  const std::size_t before = out.sets.size();
  append_stored_set(out.sets, set_, counts_);
  out.set_sizes.push_back(static_cast<std::uint32_t>(out.sets.size() - before));
}

// A document without a key is like no other: its place stands for the key.
void SketchWorker::add_by_key(const ReadDocument& read, BatchScan& out) {
  const std::optional<std::string_view> key = key_of(read.document, *options_.key, address_);
  if (key) {
    key_.assign("k").append(*key);
  } else {
    key_ = fmt::format("p{}:{}", read.document.origin.source, read.document.origin.line);
    ++out.without_key;
  }
  DocumentRow& row = out.documents.add(read.batch, read.document);
  const ContentHash hash = content_hash_128(key_.data(), key_.size());
  row.exact_low = hash.low;
  row.exact_high = hash.high;
  row.text_class = TextClass::kEmpty;
  out.text_hashes.push_back(0);
  out.keys.resize(out.keys.size() + options_.banding.bands);
  if (options_.keep.rule != KeepRule::kFirst) {
    add_keep_value(read.document, read.document.text.size(), out);
  }
}

// Of one batch there are few, and the last one is the likeliest.
void SketchWorker::add_source(const Document& document, BatchScan& out) {
  auto& names = out.source_names;
  const auto found = std::find(names.rbegin(), names.rend(), document.source);
  out.sources.push_back(static_cast<std::uint32_t>(
      found == names.rend() ? names.size() : names.rend() - found - 1));
  if (found == names.rend()) names.emplace_back(document.source);
}

void SketchWorker::add_sketch(std::span<std::uint64_t> keys, BatchScan& out) {
  sketcher_->sketch(sets_ ? set_ : shingled_.shingles, sketch_);
  compute_band_keys(sketch_, options_.banding, keys);
  out.slots.resize(out.slots.size() + sketch_.size());
  pack_slots(sketch_, std::span(out.slots).last(sketch_.size()));
}

void SketchWorker::add_keep_value(const Document& document, std::size_t length, BatchScan& out) {
  double field_value = kNoKeepValue;
  if (options_.keep.needs_field()) {
    const bool by_time =
        options_.keep.rule == KeepRule::kNewest || options_.keep.rule == KeepRule::kOldest;
    const std::optional<double> value =
        by_time ? parse_time(document.time, options_.date_order)
                : parse_number_or_time(document.order, options_.date_order);
    if (value) field_value = *value;
    if (!value) ++out.unusable_keep_values;
  }
  out.keep_values.push_back(keep_value(options_.keep, length, field_value));
}

ScannedCorpus::ScannedCorpus(const ScanOptions& options, const std::string& work_folder,
                             const MemoryBudget& memory)
    : keys(std::in_place, options.banding.bands, key_width(options), work_folder, memory.keys) {
  if (!options.simhash) sketches.emplace(options.sketch.slots, work_folder, memory.sketches);
}

DocumentRef ScannedCorpus::ref_of(std::uint32_t document) const {
  if (document < table.documents.size()) return table.ref_of(document);
  const RecordPlace place = other_place(document);
  return {place.id, static_cast<std::uint32_t>(table.inputs.size()),
          place.line > 0 ? place.line - 1 : 0};
}

namespace {

void append(const ReadBatch<BatchScan>& batch, const ScanOptions& options, ScannedCorpus& corpus,
            const TakeSet& take_set = {}) {
  const BatchScan& found = batch.found;
  std::uint32_t document = corpus.table.append(batch.row, found.documents);
  std::string_view sets = found.sets;
  for (const std::uint32_t size : found.set_sizes) {
    take_set(corpus.table, document++, sets.substr(0, size));
    sets.remove_prefix(size);
  }
  corpus.times.insert(corpus.times.end(), found.times.begin(), found.times.end());
  corpus.keys->append(found.keys);
  const std::size_t slots = options.sketch.slots;
  for (std::size_t i = 0; corpus.sketches && i < found.documents.rows.size(); ++i) {
    corpus.sketches->append(std::span(found.slots).subspan(i * slots, slots));
  }
  corpus.text_hashes.insert(corpus.text_hashes.end(), found.text_hashes.begin(),
                            found.text_hashes.end());
  corpus.keep_values.insert(corpus.keep_values.end(), found.keep_values.begin(),
                            found.keep_values.end());
  corpus.unusable_keep_values += found.unusable_keep_values;
  corpus.without_key += found.without_key;
  std::vector<std::uint32_t> numbers;  // of the batch's names in the corpus
  for (std::size_t i = 0; i < found.source_names.size(); ++i) {
    numbers.push_back(corpus.source_names.add(found.source_names[static_cast<std::uint32_t>(i)]));
  }
  for (const std::uint32_t source : found.sources) corpus.sources.push_back(numbers[source]);
  corpus.bytes += batch.row.size;
}

// Takes over what an earlier run scanned; true if it reached the end.
bool replay(CorpusReader& reader, const ScanOptions& options, FrameLog& log,
            ScannedCorpus& corpus) {
  FrameLog::Frame frame;
  ReadBatch<BatchScan> scan;
  while (log.read(frame)) {
    if (frame.kind == kEndFrame) return true;
    PackedReader bytes(frame.payload, log.path());
    unpack(bytes, scan);
    if (scan.found.keys.size() != scan.documents * options.banding.bands ||
        scan.found.slots.size() != scan.documents * options.sketch.slots ||
        scan.row.source >= corpus.table.inputs.size()) {
      bytes.fail();
    }
    reader.take_faults(corpus.table.batches.size(), scan.documents, scan.faults);
    append(scan, options, corpus);
  }
  return false;
}

// Adds batches to the log.
class ScanLog {
 public:
  explicit ScanLog(FrameLog* log) : log_(log) {}

  void add(const ReadBatch<BatchScan>& scan) {
    if (log_ == nullptr) return;
    bytes_.clear();
    pack(scan, bytes_);
    log_->append(kBatchFrame, bytes_.view());
    unsynced_ += scan.row.size;
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

ScannedCorpus scan_corpus(CorpusReader& reader, const ScanOptions& options,
                          const MemoryBudget& memory, FrameLog* log, const TakeSet& take_set) {
  ScannedCorpus corpus(options, reader.options().work_folder, memory);
  corpus.table.inputs = reader.inputs();
  const bool is_scanned = log != nullptr && replay(reader, options, *log, corpus);
  if (is_scanned) {
    reader.resume(corpus.table.batches, true);
    return corpus;
  }
  std::optional<CorpusIdf> idf;
  if (options.simhash && options.simhash->weights == SimHashWeights::kTfIdf) {
    idf = count_token_idf(reader, options.shingles.tokens, options.shingles.fold);
  }
  const std::size_t scanned = corpus.table.batches.size();
  reader.resume(corpus.table.batches, false);
  ScanLog scan_log(log);
  first_pass<BatchScan>(
      reader, "read",
      [&](std::size_t) {
        return SketchWorker(options, idf ? &*idf : nullptr, StopFlag(reader.control().stop));
      },
      [&](const ReadBatch<BatchScan>& batch) {
        append(batch, options, corpus, take_set);
        scan_log.add(batch);
      },
      scanned);
  scan_log.end();
  return corpus;
}

}  // namespace copydesk
