// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/file_corpus.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

#include "copydesk/corpus/record_selection.h"
#include "copydesk/error.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/read/field_survey.h"
#include "copydesk/stream/random_access_file.h"

namespace copydesk {

namespace {

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

std::uint64_t checksum_of(const RecordBatch& batch) {
  return content_hash_64(batch.text().data(), batch.text().size());
}

class FileBatchParser : public BatchParser {
 public:
  explicit FileBatchParser(const FileCorpus& corpus)
      : corpus_(corpus), parser_(corpus.options().fields) {
    if (corpus.options().old_fields) old_parser_.emplace(*corpus.options().old_fields);
  }

  void parse(const RecordBatch& batch, const RecordVisitor& visitor) override {
    const RecordParser::Counts counts = parser_of(batch).parse(batch, visitor);
    if (corpus_.is_first_pass()) corpus_.count_fields(counts, batch.format);
  }
  void parse_wanted(RecordBatch& batch, const CorpusTable& table, const std::vector<bool>& wanted,
                    bool alone, std::vector<std::uint32_t>& documents,
                    const RecordVisitor& visitor) override {
    documents.clear();
    corpus_.select(batch, table, wanted, !alone, selected_, documents);
    parser_of(batch).parse(selected_, visitor);
  }

 private:
  RecordParser& parser_of(const RecordBatch& batch) {
    return old_parser_ && batch.source < corpus_.old_inputs() ? *old_parser_ : parser_;
  }

  const FileCorpus& corpus_;
  RecordParser parser_;
  std::optional<RecordParser> old_parser_;  // of inputs whose fields have other names
  RecordBatch selected_;
};

}  // namespace

FileCorpus::FileCorpus(const CorpusOptions& options, const RunControl& control,
                       std::uint64_t default_memory)
    : CorpusReader(options, control),
      reading_(reading_options()),
      memory_bytes_(options.memory_bytes == 0 ? default_memory : options.memory_bytes),
      copies_(make_copies()) {
  std::vector<RecordFault> faults;
  std::vector<std::string> paths = options.old_inputs;
  paths.insert(paths.end(), options.inputs.begin(), options.inputs.end());
  inputs_ = expand_inputs(paths, options.format, faults, options.selection, &left_out_);
  spool(faults);
  const auto is_old = [&](const Input& input) {
    return input.argument < options.old_inputs.size();
  };
  old_inputs_ = static_cast<std::uint32_t>(std::ranges::count_if(inputs_, is_old));
  // One missing file alone is an error; among others it is a fault, and the run goes on.
  if (inputs_.empty() && faults.size() == 1) {
    throw Error(ErrorCode::kCannotOpen, faults[0].reason);
  }
  for (const RecordFault& fault : faults) take_fault(fault);
  if (inputs_.empty() && !faults.empty()) {
    throw Error(ErrorCode::kCannotOpen, "none of the inputs can be read");
  }
  BatchReaderOptions reading = reading_;
  reading.in_place = copies_.memory_bytes() >= kLeastInPlace;
  reader_ = std::make_unique<BatchReader>(inputs_, reading);
  for (const Input& input : inputs_) raw_sizes_.push_back(size_of(input));
  raw_size_ = sum_of(raw_sizes_);
}

BatchCopies FileCorpus::make_copies() const {
  const std::string folder = TemporaryFile(options().work_folder).folder();
  if (options().reads_once) return {folder, 0, 0};
  const auto share = [](double part, std::uint64_t bytes) {
    return static_cast<std::uint64_t>(part * static_cast<double>(bytes));
  };
  return {folder, share(kCopyShareOfMemory, memory_bytes_),
          share(kCopyShare, std::min(memory_bytes_, free_bytes(folder)))};
}

void FileCorpus::spool(std::vector<RecordFault>& faults) {
  std::vector<Input> readable;
  for (Input& input : inputs_) {
    std::error_code ignored;
    if (input.path == "-" || std::filesystem::is_fifo(input.path, ignored)) {
      try {
        auto known = spools_.find(input.path);
        if (known == spools_.end()) {
          SpoolFile copy = spool_stream(input.path, options().work_folder, control().stop);
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

BatchReaderOptions FileCorpus::reading_options() const {
  BatchReaderOptions reading = options().reading;
  reading.raw_records = true;
  reading.conversion.fields = options().fields;
  reading.conversion.max_record_bytes = reading.max_record_bytes;
  if (options().old_fields) {
    reading.conversion.first_arguments = options().old_inputs.size();
    reading.conversion.first_fields = *options().old_fields;
  }
  reading.source.stop = control().stop;
  return reading;
}

bool FileCorpus::next_of(BatchReader& reader, RecordBatch& batch) const {
  try {
    return reader.next(batch);
  } catch (const Interrupted&) {
    throw Cancelled{};
  }
}

bool FileCorpus::read_next(RecordBatch& batch) {
  const bool more = next_of(*reader_, batch);
  raw_bytes_.store(reader_->raw_bytes());
  return more;
}

void FileCorpus::finish_first(RecordBatch& batch) {
  if (batch.is_raw) {
    try {
      converter_.convert(batch);
    } catch (...) {
      turns_.fail(std::current_exception());
      throw;
    }
    turns_.take(batch.raw_sequence, [&] { places_.place(batch); });
  }
  if (!batch.can_be_reread) copies_.keep(batch);
}

BatchRow FileCorpus::make_row(const RecordBatch& batch) const {
  BatchRow row;
  row.source = batch.source;
  row.size = static_cast<std::uint32_t>(batch.text().size());
  row.first_offset = batch.first_offset;
  row.first_line = batch.first_line;
  row.checksum = checksum_of(batch);
  // What could not be read of a text is no empty document when it is read again.
  row.format = batch.format == InputFormat::kText && !batch.faults.empty() ? InputFormat::kJsonLines
                                                                           : batch.format;
  row.can_be_reread = batch.can_be_reread;
  return row;
}

std::string FileCorpus::describe_fields(std::size_t first, std::size_t end) const {
  // The first records of the first inputs say enough.
  constexpr std::size_t kMostInputs = 3;
  BatchReaderOptions reading = reading_;
  reading.raw_records = false;
  reading.conversion.only_fields = false;
  FieldSurvey survey;
  for (std::size_t i = first; i < std::min({end, inputs_.size(), first + kMostInputs}); ++i) {
    try {
      RecordBatch batch;
      BatchReader reader({inputs_[i]}, reading);
      if (next_of(reader, batch)) survey.add(batch);
    } catch (const Error&) {
      // What cannot be read has been reported as a fault.
    }
  }
  if (options().old_fields && first < old_inputs()) {
    return survey.describe(options().old_fields->text, "--against-text-field");
  }
  return survey.describe(options().fields.text, options().text_field_option);
}

// What has to be decompressed again can only be had in order, from the beginning of its input.
void FileCorpus::announce_again(const BatchRow& row, RecordBatch& batch) {
  if (row.can_be_reread || copies_.has(batch.sequence)) return;
  const std::uint64_t wanted = batch.sequence;
  const std::string& path = inputs_[row.source].path;
  if (!again_ || again_source_ != row.source || wanted < again_next_) {
    again_ = std::make_unique<BatchReader>(std::vector<Input>{inputs_[row.source]}, reading_);
    again_source_ = row.source;
    again_next_ = wanted;
    while (again_next_ > 0 && this->row(again_next_ - 1).source == row.source) --again_next_;
  }
  for (; again_next_ <= wanted; ++again_next_) {
    if (!next_of(*again_, batch)) fail_changed(path);
  }
  if (batch.is_raw) {
    batch.first_offset = row.first_offset;
    batch.first_line = row.first_line;
  }
  if (batch.first_offset != row.first_offset) fail_changed(path);
  batch.sequence = wanted;
  batch.source = row.source;
  batch.format = row.format;
  batch.faults.clear();
}

void FileCorpus::load_again(const BatchRow& row, RecordBatch& batch) const {
  if (row.can_be_reread) {
    read_batch_at(inputs_[row.source], row.first_offset, row.size, batch.bytes);
  } else if (copies_.is_in_memory(batch.sequence)) {
    return copies_.share(batch.sequence, batch);
  } else if (copies_.has(batch.sequence)) {
    batch.bytes.resize(row.size);
    copies_.read(batch.sequence, 0, batch.bytes);
    batch.pad();
  } else if (batch.is_raw) {
    converter_.convert(batch);
  }
  check_same(row, batch);
}

void FileCorpus::check_same(const BatchRow& row, const RecordBatch& batch) const {
  if (row.size != batch.text().size() || row.checksum != checksum_of(batch)) {
    fail_changed(inputs_[row.source].path);
  }
}

void FileCorpus::check_end() const {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (size_of(inputs_[i]) != raw_sizes_[i]) fail_changed(inputs_[i].path);
  }
}

void FileCorpus::select(RecordBatch& batch, const CorpusTable& table,
                        const std::vector<bool>& wanted, bool loaded, RecordBatch& selected,
                        std::vector<std::uint32_t>& documents) const {
  const BatchRow& row = table.batches[batch.sequence];
  if (loaded) return select_records(batch, table, wanted, selected, documents);
  if (copies_.has(batch.sequence)) {
    const auto read = [&](std::uint32_t offset, std::span<char> bytes) {
      copies_.read(batch.sequence, offset, bytes);
    };
    return select_records(batch, table, wanted, read, selected, documents);
  }
  if (!row.can_be_reread) {
    if (batch.is_raw) converter_.convert(batch);
    check_same(row, batch);
    return select_records(batch, table, wanted, selected, documents);
  }
  std::optional<RandomAccessFile> file;  // opened for the first record that is wanted
  const auto read = [&](std::uint32_t offset, std::span<char> bytes) {
    const Input& input = inputs_[row.source];
    if (!file && input.spool != nullptr) file.emplace(*input.spool);
    if (!file) file.emplace(input.path);
    if (file->read_at(row.first_offset + offset, bytes) != bytes.size()) fail_changed(input.path);
  };
  select_records(batch, table, wanted, read, selected, documents);
}

void FileCorpus::count_fields(const RecordParser::Counts& counts, InputFormat format) const {
  if (options().asked_fields.empty() && options().site_option.empty()) return;
  counted_documents_ += counts.documents;
  if (format == InputFormat::kText) counted_texts_ += counts.documents;
  for (std::size_t i = 0; i < kRecordFields; ++i) {
    // A plain text has no fields, and misses none.
    with_field_[i] += format == InputFormat::kText ? counts.documents : counts.with_field[i];
  }
}

std::optional<std::uint64_t> FileCorpus::with_field(RecordField field,
                                                    std::uint64_t documents) const {
  // Of a run that was gone on with, only a part has been read.
  if (counted_documents_ != documents) return std::nullopt;
  return with_field_[static_cast<std::size_t>(field)].load();
}

std::unique_ptr<BatchParser> FileCorpus::make_parser() const {
  return std::make_unique<FileBatchParser>(*this);
}

}  // namespace copydesk
