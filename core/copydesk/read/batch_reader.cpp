// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/batch_reader.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <optional>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/converted_source.h"
#include "copydesk/read/decoded_batches.h"
#include "copydesk/read/open_input.h"
#include "copydesk/read/parquet/parquet_file.h"
#include "copydesk/read/raw_batches.h"
#include "copydesk/read/record_converter.h"
#include "copydesk/read/source_batches.h"
#include "copydesk/stream/random_access_file.h"
#include "copydesk/stream/spool.h"

namespace copydesk {
namespace {

constexpr std::size_t kMaxOption = std::size_t{1} << 31;

void check_range(std::size_t value, const char* name) {
  if (value == 0 || value > kMaxOption) {
    throw Error(ErrorCode::kInvalidOption, "must be from 1 to 2147483648", name);
  }
}

// Whether it is made lines of by batches.
bool comes_raw(ConvertedFormat format) {
  return format == ConvertedFormat::kHtml || format == ConvertedFormat::kWarc;
}

bool is_regular_file(const Input& input) {
  struct stat status {};
  return input.spool != nullptr ||
         (input.path != "-" && ::stat(input.path.c_str(), &status) == 0 && S_ISREG(status.st_mode));
}

}  // namespace

struct BatchReader::State {
  std::vector<Input> inputs;
  BatchReaderOptions options;
  std::uint32_t source = 0;
  std::uint64_t sequence = 0;
  std::uint64_t raw_sequence = 0;
  std::uint64_t finished_raw_bytes = 0;
  std::size_t failed_sources = 0;
  std::unique_ptr<ByteSource> bytes;
  DecodedSpace space;
  RecordConverter converter{options.conversion};
  LinePlaces places;
  // Of inputs[source], once it is open: one of the four.
  std::optional<SourceBatches> batches;
  std::optional<DecodedBatches> decoded;
  std::optional<RawBatches> raw;
  std::optional<ParquetBatches> table;   // `bytes` is null then
  ConvertedSource* converted = nullptr;  // `bytes`, if that is one
  bool can_be_reread = false;

  void open() {
    const Input& input = inputs[source];
    const bool is_regular = is_regular_file(input);
    if (is_table(input, is_regular)) return open_table(input);
    bytes = open_input(input, options.source);
    // Recognizing reads the beginning, so the source is opened once more behind it.
    ConvertedFormat convert = converted_format(input.format);
    InputFormat format = input.format;
    if (is_regular && format == InputFormat::kAuto && may_be_converted(input.path)) {
      convert = recognize_converted(input.path, *bytes);
      bytes = open_input(input, options.source);
    }
    converted = nullptr;
    can_be_reread = false;
    ConversionOptions conversion = options.conversion;
    // Pages and archives say themselves what they are written in.
    if (!conversion.encoding.empty() && !comes_raw(convert)) {
      bytes = decode(input, std::move(bytes), conversion, is_regular, convert);
    }
    if (comes_raw(convert)) {
      raw.emplace(*bytes, source, input.path, convert, options);
      return;
    }
    if (convert != ConvertedFormat::kNone) {
      if (has_first_fields()) conversion.fields = conversion.first_fields;
      auto lines = make_converted_source(std::move(bytes), convert, conversion);
      converted = lines.get();
      bytes = std::move(lines);
      format = InputFormat::kJsonLines;
    }
    can_be_reread =
        bytes->compression() == Compression::kNone && is_regular && converted == nullptr;
    if (options.in_place && converted == nullptr && bytes->compression() != Compression::kNone) {
      decoded.emplace(*bytes, space, source, input.path, format, options);
    } else {
      batches.emplace(*bytes, source, input.path, format, options);
    }
  }

  // Only what is a table by its name may be read as its fields alone: whoever wants no records goes
  // by that.
  [[nodiscard]] static bool is_table(const Input& input, bool is_regular) {
    if (!is_regular) return false;
    if (is_parquet_input(input)) return true;
    if (input.format != InputFormat::kAuto) return false;
    const RandomAccessFile file = open_random_access(input);
    std::array<char, 4> begin{};
    return begins_parquet({begin.data(), file.read_at(0, begin)});
  }

  void open_table(const Input& input) {
    const ConversionOptions& conversion = options.conversion;
    converted = nullptr;
    can_be_reread = false;
    table.emplace(input, source, options,
                  has_first_fields() ? conversion.first_fields : conversion.fields,
                  conversion.only_fields && is_parquet_input(input));
  }

  [[nodiscard]] bool has_first_fields() const {
    return inputs[source].argument < options.conversion.first_arguments;
  }

  [[nodiscard]] bool is_open() const { return batches || decoded || raw || table; }

  [[nodiscard]] std::uint64_t raw_offset() const {
    if (table) return table->raw_bytes();
    return bytes ? bytes->raw_offset() : 0;
  }

  bool next(RecordBatch& batch) {
    if (table) return table->next(batch);
    if (raw) return next_raw(batch);
    return decoded ? decoded->next(batch) : batches->next(batch);
  }

  bool next_raw(RecordBatch& batch) {
    if (!raw->next(batch)) return false;
    batch.has_first_fields = has_first_fields();
    batch.raw_sequence = raw_sequence++;
    if (options.raw_records) return true;
    converter.convert(batch);
    places.place(batch);
    return true;
  }

  // With --encoding: the source as UTF-8, and what it is then.
  std::unique_ptr<ByteSource> decode(const Input& input, std::unique_ptr<ByteSource> stored,
                                     const ConversionOptions& conversion, bool is_regular,
                                     ConvertedFormat& convert) {
    if (is_regular && input.format == InputFormat::kAuto && may_be_converted(input.path)) {
      // Lines count when they are read, not when their format is told.
      ConversionOptions uncounted = conversion;
      uncounted.recoded_lines = nullptr;
      convert = recognize_converted(input.path, *make_decoded_source(std::move(stored), uncounted));
      stored = open_input(input, options.source);
    }
    auto decoded_source = make_decoded_source(std::move(stored), conversion);
    converted = decoded_source.get();
    return decoded_source;
  }

  void close() {
    finished_raw_bytes += raw_offset();
    if ((batches && batches->read_failed()) || (decoded && decoded->read_failed()) ||
        (raw && raw->read_failed()) || (table && table->read_failed())) {
      ++failed_sources;
    }
    batches.reset();
    decoded.reset();
    raw.reset();
    table.reset();
    converted = nullptr;
    bytes.reset();
    ++source;
  }

  void report_unopened(RecordBatch& batch, const Error& error) {
    make_empty(batch);
    RecordFault fault;
    fault.origin = {source, 0, 1};
    fault.reason = error.what();
    batch.faults.push_back(std::move(fault));
  }

  // Records that could not be converted.
  void add_faults(RecordBatch& batch) {
    for (RecordFault& fault : converted->take_faults()) {
      fault.origin.source = source;
      batch.faults.push_back(std::move(fault));
    }
  }

  void make_empty(RecordBatch& batch) const {
    batch.bytes.clear();
    batch.faults.clear();
    batch.source = source;
    batch.source_name = inputs[source].path;
    batch.first_offset = 0;
    batch.first_line = 1;
    batch.format = InputFormat::kJsonLines;
    batch.can_be_reread = false;
    batch.pad();
  }
};

BatchReader::BatchReader(std::vector<Input> inputs, const BatchReaderOptions& options)
    : state_(std::make_unique<State>()) {
  check_range(options.batch_bytes, "batch_bytes");
  check_range(options.max_record_bytes, "max_record_bytes");
  state_->inputs = std::move(inputs);
  state_->options = options;
  state_->options.conversion.max_record_bytes = options.max_record_bytes;
}

BatchReader::~BatchReader() = default;
BatchReader::BatchReader(BatchReader&&) noexcept = default;
BatchReader& BatchReader::operator=(BatchReader&&) noexcept = default;

bool BatchReader::next(RecordBatch& batch) {
  State& state = *state_;
  batch.owner.reset();
  batch.is_raw = false;
  while (state.source < state.inputs.size()) {
    try {
      if (!state.is_open()) state.open();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInvalidOption || error.code() == ErrorCode::kLimitExceeded) {
        throw;
      }
      ++state.failed_sources;
      state.report_unopened(batch, error);
      state.close();
      batch.sequence = state.sequence++;
      return true;
    }
    bool more = state.next(batch);
    if (state.converted != nullptr && state.converted->has_faults()) {
      if (!more) state.make_empty(batch);
      state.add_faults(batch);
      more = true;
    }
    if (more) {
      batch.can_be_reread = state.can_be_reread;
      batch.sequence = state.sequence++;
      return true;
    }
    state.close();
  }
  return false;
}

std::size_t BatchReader::failed_sources() const {
  return state_->failed_sources;
}

std::uint64_t BatchReader::raw_bytes() const {
  return state_->finished_raw_bytes + state_->raw_offset();
}

bool read_batch_at(const Input& input, std::uint64_t first_offset, std::size_t size,
                   std::string& bytes) {
  if (!is_regular_file(input)) return false;
  const RandomAccessFile file = open_random_access(input);
  if (file.is_compressed()) return false;
  bytes.resize(size);
  if (file.read_at(first_offset, bytes) != size) {
    throw Error(ErrorCode::kInputChanged, "has become shorter while it was used", input.path);
  }
  RecordBatch::pad(bytes);
  return true;
}

}  // namespace copydesk
