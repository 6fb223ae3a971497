// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/parquet/parquet_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/open_input.h"
#include "copydesk/read/parquet/copydesk_parquet.h"

namespace copydesk {

namespace {

// A file for the library, which knows no exceptions: what is thrown waits until it has returned.
class ParquetInput {
 public:
  explicit ParquetInput(const Input& input)
      : path_(input.path),
        file_(open_random_access(input)),
        size_(file_.size()) {}
  ParquetInput(const ParquetInput&) = delete;
  ParquetInput& operator=(const ParquetInput&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] CopydeskParquetFile for_library() { return {this, &ParquetInput::read_at, size_}; }
  void rethrow() {
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  static std::int64_t read_at(void* context, std::uint64_t offset, std::uint8_t* buffer,
                              std::size_t size) {
    auto& self = *static_cast<ParquetInput*>(context);
    try {
      const std::span<char> bytes(reinterpret_cast<char*>(buffer), size);
      return static_cast<std::int64_t>(self.file_.read_at(offset, bytes));
    } catch (...) {
      self.error_ = std::current_exception();
      return -1;
    }
  }

  std::string path_;
  RandomAccessFile file_;
  std::uint64_t size_;
  std::exception_ptr error_;
};

class ReasonText {
 public:
  [[nodiscard]] const CopydeskParquetReason* get() const { return &reason_; }
  [[nodiscard]] std::string text() const { return text_.data(); }

 private:
  std::array<char, 512> text_{};
  CopydeskParquetReason reason_{text_.data(), text_.size()};
};

struct CloseRows {
  void operator()(CopydeskParquetRows* rows) const { copydesk_parquet_close(rows); }
};

}  // namespace

bool has_parquet() {
  return true;
}

struct ParquetBatches::State {
  std::optional<ParquetInput> input;
  std::unique_ptr<CopydeskParquetRows, CloseRows> rows;
  std::uint32_t source = 0;
  InputFormat format = InputFormat::kParquet;
  std::uint64_t all_rows = 0;
  std::uint64_t rows_passed = 0;
  std::uint64_t offset = 0;  // in what all batches hold
  std::string fault;         // of the file as a whole, to be told by the first batch
  bool read_failed = false;

  // Throws on what ends a run; otherwise says why the file cannot be read, if it cannot.
  std::string take_read_error() {
    try {
      input->rethrow();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kLimitExceeded) throw;
      read_failed = true;
      return error.what();
    }
    return {};
  }

  void open(const BatchReaderOptions& options, const FieldNames& fields, bool only_fields) {
    std::vector<const char*> names;
    for (std::size_t i = 0; i < kRecordFields; ++i) {
      names.push_back(field_name(fields, static_cast<RecordField>(i)).c_str());
    }
    const CopydeskParquetFile file = input->for_library();
    const CopydeskParquetOptions wanted{names.data(),
                                        names.size(),
                                        static_cast<std::size_t>(RecordField::kId),
                                        only_fields ? 0 : 1,
                                        std::min(options.batch_bytes, options.max_record_bytes),
                                        options.max_record_bytes};
    const ReasonText reason;
    rows.reset(copydesk_parquet_open(&file, &wanted, reason.get()));
    if (!rows) {
      fault = take_read_error();
      if (fault.empty()) fault = "is no Parquet file that can be read: " + reason.text();
      return;
    }
    all_rows = copydesk_parquet_rows(rows.get());
    if (copydesk_parquet_is_fields(rows.get()) != 0) format = InputFormat::kRows;
  }

  void begin(RecordBatch& batch, std::uint64_t row) const {
    batch.bytes.clear();
    batch.faults.clear();
    batch.source = source;
    batch.source_name = input->path();
    batch.first_offset = offset;
    batch.first_line = row + 1;
    batch.format = format;
  }

  void add_fault(RecordBatch& batch, std::string reason) const {
    RecordFault found;
    found.origin = {source, offset, batch.first_line};
    found.reason = std::move(reason);
    batch.faults.push_back(std::move(found));
    batch.pad();
  }
};

ParquetBatches::ParquetBatches(const Input& input, std::uint32_t source,
                               const BatchReaderOptions& options, const FieldNames& fields,
                               bool only_fields)
    : state_(std::make_unique<State>()) {
  state_->input.emplace(input);
  state_->source = source;
  state_->open(options, fields, only_fields);
}

ParquetBatches::~ParquetBatches() = default;

bool ParquetBatches::next(RecordBatch& batch) {
  State& state = *state_;
  if (!state.fault.empty()) {
    state.begin(batch, 0);
    state.add_fault(batch, std::exchange(state.fault, {}));
    return true;
  }
  if (!state.rows) return false;
  CopydeskParquetFound found{};
  const ReasonText reason;
  const std::int32_t result = copydesk_parquet_next(state.rows.get(), &found, reason.get());
  if (result == 0) return false;
  state.begin(batch, found.first_row);
  if (result < 0) {
    std::string why = state.take_read_error();
    if (why.empty()) why = reason.text();
    // What the system cannot read it will not read further on either.
    if (state.read_failed) state.rows.reset();
    if (found.rows > 1 && !state.read_failed) why += fmt::format(" ({} rows)", found.rows);
    state.add_fault(batch, std::move(why));
  } else {
    batch.bytes.assign(reinterpret_cast<const char*>(found.data), found.size);
    batch.pad();
  }
  state.rows_passed = found.first_row + found.rows;
  state.offset += found.size;
  return true;
}

std::uint64_t ParquetBatches::raw_bytes() const {
  const std::uint64_t size = state_->input->size();
  if (state_->rows_passed >= state_->all_rows) return size;
  return static_cast<std::uint64_t>(static_cast<double>(size) *
                                    static_cast<double>(state_->rows_passed) /
                                    static_cast<double>(state_->all_rows));
}

bool ParquetBatches::read_failed() const {
  return state_->read_failed;
}

struct ParquetCopier::State {
  Write write;
  CopydeskParquetCopier* copier = copydesk_parquet_copier();
  std::exception_ptr error;

  ~State() {
    if (copier == nullptr) return;
    const ReasonText reason;
    error = std::make_exception_ptr(0);  // nothing is written any more
    copydesk_parquet_finish(std::exchange(copier, nullptr), reason.get());
  }

  static std::int32_t write_some(void* context, const std::uint8_t* bytes, std::size_t size) {
    auto& self = *static_cast<State*>(context);
    if (self.error) return -1;
    try {
      self.write({reinterpret_cast<const char*>(bytes), size});
      return 0;
    } catch (...) {
      self.error = std::current_exception();
      return -1;
    }
  }
};

ParquetCopier::ParquetCopier(Write write) : state_(std::make_unique<State>()) {
  state_->write = std::move(write);
}

ParquetCopier::~ParquetCopier() = default;

void ParquetCopier::add(const Input& input, std::span<const std::uint64_t> kept) {
  ParquetInput source(input);
  const CopydeskParquetFile file = source.for_library();
  const ReasonText reason;
  if (copydesk_parquet_copy(state_->copier, &file, kept.data(), kept.size(), &State::write_some,
                            state_.get(), reason.get()) == 0) {
    return;
  }
  if (state_->error) std::rethrow_exception(state_->error);
  source.rethrow();
  throw Error(ErrorCode::kCannotRead, "cannot be copied: " + reason.text(), input.path);
}

void ParquetCopier::finish() {
  const ReasonText reason;
  const std::int32_t result =
      copydesk_parquet_finish(std::exchange(state_->copier, nullptr), reason.get());
  if (state_->error) std::rethrow_exception(state_->error);
  if (result != 0) throw Error(ErrorCode::kCannotWrite, reason.text());
}

}  // namespace copydesk
