// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/corpus_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "copydesk/corpus/record_selection.h"
#include "copydesk/error.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/stream/random_access_file.h"

namespace copydesk {

namespace {

constexpr std::size_t kMostReasons = 32;
constexpr std::uint64_t kRecordsBeforeJudging = 1000;
// Below it, memory that is shared by many batches would be too coarse.
constexpr std::uint64_t kLeastInPlace = std::uint64_t{64} << 20;

std::optional<std::uint64_t> size_of(const Input& input) {
  if (input.spool != nullptr) return input.spool->size();
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(input.path, error);
  return error ? std::nullopt : std::optional<std::uint64_t>(size);
}

// 0 where one of them is not known.
std::uint64_t sum_of(const std::vector<std::optional<std::uint64_t>>& sizes) {
  std::uint64_t sum = 0;
  for (const auto& size : sizes) {
    if (!size) return 0;
    sum += *size;
  }
  return sum;
}

std::uint64_t free_bytes(const std::string& folder) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  return error ? 0 : space.available;
}

}  // namespace

void FaultCounts::add(const RecordFault& fault) {
  ++total;
  if (fault.origin.line == 0) ++sources;
  const auto known = std::find_if(reasons.begin(), reasons.end(),
                                  [&](const auto& entry) { return entry.first == fault.reason; });
  if (known != reasons.end()) {
    ++known->second;
  } else if (reasons.size() < kMostReasons) {
    reasons.emplace_back(fault.reason, 1);
  } else {
    if (reasons.back().first != "other") reasons.back() = {"other", reasons.back().second};
    ++reasons.back().second;
  }
}

void describe(const FaultCounts& faults, ReportSection& section) {
  section.add("total", faults.total);
  section.add("inputs_cut_short", faults.sources);
  ReportSection reasons;
  for (const auto& [reason, count] : faults.reasons) reasons.add(reason, count);
  section.add_json("reasons", reasons.to_json(4));
}

CorpusReader::CorpusReader(const CorpusOptions& options, const RunControl& control,
                           std::uint64_t default_memory)
    : options_(options),
      control_(control),
      memory_bytes_(options.memory_bytes == 0 ? default_memory : options.memory_bytes),
      copies_(make_copies()) {
  std::vector<RecordFault> faults;
  inputs_ = expand_inputs(options.inputs, options.format, faults);
  spool(faults);
  // One missing file alone is an error; among others it is a fault, and the run goes on.
  if (inputs_.empty() && faults.size() == 1) {
    throw Error(ErrorCode::kCannotOpen, faults[0].reason);
  }
  for (const RecordFault& fault : faults) take_fault(fault);
  if (inputs_.empty() && !faults.empty()) {
    throw Error(ErrorCode::kCannotOpen, "none of the inputs can be read");
  }
  reader_ = open(inputs_, copies_.memory_bytes() >= kLeastInPlace);
  for (const Input& input : inputs_) raw_sizes_.push_back(size_of(input));
  raw_size_ = sum_of(raw_sizes_);
}

BatchCopies CorpusReader::make_copies() const {
  const std::string folder = TemporaryFile(options_.work_folder).folder();
  const auto share = [](double part, std::uint64_t bytes) {
    return static_cast<std::uint64_t>(part * static_cast<double>(bytes));
  };
  return {folder, share(kCopyShareOfMemory, memory_bytes_),
          share(kCopyShare, std::min(memory_bytes_, free_bytes(folder)))};
}

void CorpusReader::spool(std::vector<RecordFault>& faults) {
  std::vector<Input> readable;
  for (Input& input : inputs_) {
    std::error_code ignored;
    if (input.path == "-" || std::filesystem::is_fifo(input.path, ignored)) {
      try {
        auto known = spools_.find(input.path);
        if (known == spools_.end()) {
          SpoolFile copy = spool_stream(input.path, options_.work_folder, control_.stop);
          known = spools_.emplace(input.path, std::move(copy)).first;
        }
        input.spool = &known->second;
      } catch (const Interrupted&) {
        throw Cancelled{};
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kCannotOpen) throw;
        faults.push_back({{}, error.what(), {}});
        continue;
      }
    }
    readable.push_back(std::move(input));
  }
  inputs_ = std::move(readable);
}

std::unique_ptr<BatchReader> CorpusReader::open(std::vector<Input> inputs, bool in_place) const {
  BatchReaderOptions reading = options_.reading;
  reading.in_place = in_place;
  reading.source.stop = control_.stop;
  return std::make_unique<BatchReader>(std::move(inputs), reading);
}

bool CorpusReader::next_of(BatchReader& reader, RecordBatch& batch) const {
  try {
    return reader.next(batch);
  } catch (const Interrupted&) {
    throw Cancelled{};
  }
}

bool CorpusReader::next(RecordBatch& batch) {
  const bool more = next_of(*reader_, batch);
  raw_bytes_.store(reader_->raw_bytes());
  if (more && copying_) {
    if (batch.can_be_reread) {
      copies_.append_none();
    } else {
      copies_.append(batch);
    }
  }
  return more;
}

void CorpusReader::take_fault(const RecordFault& fault) {
  faults_.add(fault);
  if (control_.on_fault) control_.on_fault(path_of(fault), fault);
  if (options_.on_bad == OnBad::kStop) {
    const std::string path = path_of(fault);
    throw Error(ErrorCode::kTooManyFaults, "stopped at the first bad record: " + fault.reason,
                path.empty() ? path : fmt::format("{}:{}", path, fault.origin.line));
  }
}

std::string CorpusReader::path_of(const RecordFault& fault) const {
  // Faults of the search for inputs name the path in their reason.
  return fault.origin.line == 0 || fault.origin.source >= inputs_.size()
             ? std::string()
             : inputs_[fault.origin.source].path;
}

void CorpusReader::check_share_of_faults(std::uint64_t documents) {
  if (share_checked_ || documents + faults_.total < kRecordsBeforeJudging) return;
  share_checked_ = true;
  if (faults_.total <= documents) return;
  throw Error(ErrorCode::kTooManyFaults,
              fmt::format("{} of the first {} records cannot be used (first reason: {}); is this "
                          "the right format and text field?",
                          faults_.total, documents + faults_.total, faults_.reasons[0].first));
}

void CorpusReader::restart() {
  reader_ = open(inputs_, false);
  copying_ = false;
}

void CorpusReader::restart(const CorpusTable& table) {
  table_ = &table;
  reader_.reset();
  again_.reset();
  batches_passed_ = 0;
}

bool CorpusReader::next_again(RecordBatch& batch) {
  if (!announce_again(batch)) return false;
  load_again(batch);
  return true;
}

bool CorpusReader::announce_again(RecordBatch& batch) {
  if (batches_passed_ == table_->batches.size()) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (size_of(inputs_[i]) != raw_sizes_[i]) fail_changed(inputs_[i].path);
    }
    return false;
  }
  const BatchRow& row = table_->batches[batches_passed_];
  batch.owner.reset();
  if (!row.can_be_reread && !copies_.has(batches_passed_)) read_again(row, batch);
  batch.sequence = batches_passed_++;
  batch.source = row.source;
  batch.source_name = inputs_[row.source].path;
  batch.first_offset = row.first_offset;
  batch.first_line = row.first_line;
  batch.format = row.format;
  batch.can_be_reread = row.can_be_reread;
  batch.faults.clear();
  return true;
}

// The next batch of an input that has to be read, and decompressed, from its beginning.
void CorpusReader::read_again(const BatchRow& row, RecordBatch& batch) {
  if (!again_ || again_source_ != row.source) {
    again_ = open({inputs_[row.source]}, false);
    again_source_ = row.source;
  }
  if (!next_of(*again_, batch) || batch.first_offset != row.first_offset) {
    fail_changed(inputs_[row.source].path);
  }
}

void CorpusReader::load_again(RecordBatch& batch) const {
  const BatchRow& row = table_->batches[batch.sequence];
  if (row.can_be_reread) {
    read_batch_at(inputs_[row.source], row.first_offset, row.size, batch.bytes);
  } else if (copies_.is_in_memory(batch.sequence)) {
    return copies_.share(batch.sequence, batch);
  } else if (copies_.has(batch.sequence)) {
    batch.bytes.resize(row.size);
    copies_.read(batch.sequence, 0, batch.bytes);
    batch.pad();
  }
  check_same(batch);
}

void CorpusReader::load_records(const RecordBatch& batch, const std::vector<bool>& wanted,
                                RecordBatch& selected,
                                std::vector<std::uint32_t>& documents) const {
  const BatchRow& row = table_->batches[batch.sequence];
  if (copies_.has(batch.sequence)) {
    const auto read = [&](std::uint32_t offset, std::span<char> bytes) {
      copies_.read(batch.sequence, offset, bytes);
    };
    select_records(batch, *table_, wanted, read, selected, documents);
  } else if (row.can_be_reread) {
    std::optional<RandomAccessFile> file;  // opened for the first record that is wanted
    const auto read = [&](std::uint32_t offset, std::span<char> bytes) {
      const Input& input = inputs_[row.source];
      if (!file && input.spool != nullptr) file.emplace(*input.spool);
      if (!file) file.emplace(input.path);
      if (file->read_at(row.first_offset + offset, bytes) != bytes.size())
        fail_changed(inputs_[row.source].path);
    };
    select_records(batch, *table_, wanted, read, selected, documents);
  } else {
    check_same(batch);
    select_records(batch, *table_, wanted, selected, documents);
  }
}

void CorpusReader::check_same(const RecordBatch& batch) const {
  const BatchRow& row = table_->batches[batch.sequence];
  if (row.size != batch.text().size() || row.checksum != batch_checksum(batch))
    fail_changed(inputs_[row.source].path);
}

BatchRow make_batch_row(const RecordBatch& batch) {
  BatchRow row;
  row.source = batch.source;
  row.size = static_cast<std::uint32_t>(batch.text().size());
  row.first_offset = batch.first_offset;
  row.first_line = batch.first_line;
  row.checksum = batch_checksum(batch);
  row.format = batch.format;
  row.can_be_reread = batch.can_be_reread;
  return row;
}

std::uint64_t batch_checksum(const RecordBatch& batch) {
  return content_hash_64(batch.text().data(), batch.text().size());
}

}  // namespace copydesk
