// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/batch_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/content_kind.h"

namespace copydesk {
namespace {

// Line feeds in `bytes`. Lines are long enough for the library's search to beat a loop over bytes.
std::uint64_t count_lines(std::string_view bytes) {
  std::uint64_t lines = 0;
  for (std::size_t i = bytes.find('\n'); i != std::string_view::npos; i = bytes.find('\n', i + 1)) {
    ++lines;
  }
  return lines;
}

}  // namespace

std::size_t end_of_last_line(std::string_view bytes, std::size_t from) {
  const std::size_t found = bytes.substr(from).rfind('\n');
  return found == std::string_view::npos ? 0 : from + found + 1;
}

BatchMaker::BatchMaker(ByteSource& source, std::uint32_t source_index, std::string name,
                       InputFormat format, const BatchReaderOptions& options)
    : source_(source),
      source_index_(source_index),
      name_(std::move(name)),
      options_(options),
      batch_bytes_(std::min(options.batch_bytes, options.max_record_bytes)),
      format_(format) {}

std::size_t BatchMaker::begin(RecordBatch& batch, std::string_view beginning) {
  begun_ = true;
  if (format_ != InputFormat::kText) {
    std::string fault = foreign_content_fault(beginning);
    if (!fault.empty()) {
      format_ = InputFormat::kJsonLines;
      report(batch, std::move(fault), beginning);
      done_ = true;
      return 0;
    }
  }
  if (beginning.starts_with(kByteOrderMark)) offset_ = kByteOrderMark.size();
  format_ = resolve_format(format_, name_, beginning.substr(offset_));
  return offset_;
}

void BatchMaker::describe(RecordBatch& batch) const {
  batch.source = source_index_;
  batch.source_name = name_;
  batch.format = format_;
  batch.first_offset = offset_;
  batch.first_line = line_;
}

void BatchMaker::advance(std::string_view bytes) {
  offset_ += bytes.size();
  line_ += count_lines(bytes);
}

void BatchMaker::report(RecordBatch& batch, std::string reason, std::string_view bytes) {
  RecordFault fault;
  fault.origin = {source_index_, offset_, line_};
  fault.reason = std::move(reason);
  fault.bytes = bytes.substr(0, RecordFault::kMaxBytes);
  batch.faults.push_back(std::move(fault));
}

void BatchMaker::report_long_line(RecordBatch& batch, std::string_view beginning) {
  report(batch, fmt::format("record longer than {} bytes", options_.max_record_bytes), beginning);
}

std::size_t BatchMaker::read(std::span<char> room) {
  std::size_t count = 0;
  try {
    count = source_.read(room);
  } catch (const Error& error) {
    take_read_error(error);
  }
  ended_ = count == 0;
  return count;
}

void BatchMaker::take_read_error(const Error& error) {
  if (error.code() == ErrorCode::kLimitExceeded) throw;
  read_error_ = error.what();
  read_failed_ = true;
}

void BatchMaker::report_end(RecordBatch& batch) {
  if (!read_error_.empty()) {
    report(batch, std::exchange(read_error_, {}), {});
  } else if (const auto& fault = source_.fault()) {
    report(batch, fmt::format("{} at byte {} of the file", fault->reason, fault->offset), {});
  }
}

}  // namespace copydesk
