// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/block_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

BlockMaker::BlockMaker(ByteSource& source, std::uint32_t source_index, std::string name,
                       InputFormat format, const BlockReaderOptions& options)
    : source_(source),
      source_index_(source_index),
      name_(std::move(name)),
      options_(options),
      block_bytes_(std::min(options.block_bytes, options.max_record_bytes)),
      format_(format) {}

std::size_t BlockMaker::begin(RecordBlock& block, std::string_view beginning) {
  begun_ = true;
  if (format_ != InputFormat::kText) {
    const std::string_view foreign = foreign_content(beginning);
    if (!foreign.empty()) {
      format_ = InputFormat::kJsonLines;
      report(block, fmt::format("seems to be {}, which is not read", foreign), beginning);
      done_ = true;
      return 0;
    }
  }
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (beginning.starts_with(kByteOrderMark)) offset_ = kByteOrderMark.size();
  format_ = resolve_format(format_, name_, beginning.substr(offset_));
  return offset_;
}

void BlockMaker::describe(RecordBlock& block) const {
  block.source = source_index_;
  block.source_name = name_;
  block.format = format_;
  block.first_offset = offset_;
  block.first_line = line_;
}

void BlockMaker::advance(std::string_view bytes) {
  offset_ += bytes.size();
  line_ += count_lines(bytes);
}

void BlockMaker::report(RecordBlock& block, std::string reason, std::string_view bytes) {
  RecordFault fault;
  fault.origin = {source_index_, offset_, line_};
  fault.reason = std::move(reason);
  fault.bytes = bytes.substr(0, RecordFault::kMaxBytes);
  block.faults.push_back(std::move(fault));
}

void BlockMaker::report_long_line(RecordBlock& block, std::string_view beginning) {
  report(block, fmt::format("record longer than {} bytes", options_.max_record_bytes), beginning);
}

void BlockMaker::report_end(RecordBlock& block) {
  if (!read_error_.empty()) {
    report(block, std::exchange(read_error_, {}), {});
  } else if (const auto& fault = source_.fault()) {
    report(block, fmt::format("{} at byte {} of the file", fault->reason, fault->offset), {});
  }
}

}  // namespace copydesk
