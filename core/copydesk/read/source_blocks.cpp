// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/source_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/content_kind.h"

namespace copydesk {
namespace {

constexpr std::size_t kFirstRead = 64 * 1024;

// The position behind the last line feed at or after `from`, or 0.
std::size_t end_of_last_line(std::string_view bytes, std::size_t from) {
  const std::size_t found = bytes.substr(from).rfind('\n');
  return found == std::string_view::npos ? 0 : from + found + 1;
}

// Line feeds in `bytes`. Lines are long enough for the library's search to beat a loop over bytes.
std::uint64_t count_lines(std::string_view bytes) {
  std::uint64_t lines = 0;
  for (std::size_t i = bytes.find('\n'); i != std::string_view::npos; i = bytes.find('\n', i + 1)) {
    ++lines;
  }
  return lines;
}

}  // namespace

// A block is never larger than the record limit, so a line that fits into a block needs no check
// of its own against it.
SourceBlocks::SourceBlocks(ByteSource& source, std::uint32_t source_index, std::string name,
                           InputFormat format, const BlockReaderOptions& options)
    : source_(source),
      source_index_(source_index),
      name_(std::move(name)),
      options_(options),
      block_bytes_(std::min(options.block_bytes, options.max_record_bytes)),
      format_(format) {}

bool SourceBlocks::next(RecordBlock& block) {
  block.faults.clear();
  if (done_) {
    block.bytes.clear();
    return false;
  }
  // Do not carry the memory of one huge record through the rest of the run.
  if (block.bytes.capacity() > 4 * block_bytes_ + RecordBlock::kPadding) block.bytes = {};
  block.source = source_index_;
  block.source_name = name_;
  if (!begun_) begin(block);
  block.format = format_;
  if (done_) {
    block.bytes.clear();
  } else if (format_ == InputFormat::kText) {
    next_text(block);
  } else {
    next_lines(block);
  }
  RecordBlock::pad(block.bytes);
  const bool is_empty_text = format_ == InputFormat::kText && block.faults.empty();
  return !block.bytes.empty() || !block.faults.empty() || is_empty_text;
}

// Recognises the content by the first bytes, which stay in carry_. How many are looked at must not
// depend on the size of blocks.
void SourceBlocks::begin(RecordBlock& block) {
  begun_ = true;
  std::string beginning;
  beginning.resize(fill(beginning, 0, kFirstRead));
  carry_ = std::move(beginning);
  if (format_ != InputFormat::kText) {
    const std::string_view foreign = foreign_content(carry_);
    if (!foreign.empty()) {
      format_ = InputFormat::kJsonLines;
      report(block, fmt::format("seems to be {}, which is not read", foreign), carry_);
      carry_.clear();
      done_ = true;
      return;
    }
  }
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (carry_.starts_with(kByteOrderMark)) {
    carry_.erase(0, kByteOrderMark.size());
    offset_ = kByteOrderMark.size();
  }
  format_ = resolve_format(format_, name_, carry_);
}

// Goes on behind the first `size` bytes until there are `target`, first with what is left from
// before, and returns how many there are: fewer only at the end of the source. Because a block is
// always filled up to its target before it is cut, its end does not depend on how reads came back.
// `bytes` keeps its former size where that is larger, since growing a string again would clear bytes
// that are to be overwritten.
std::size_t SourceBlocks::fill(std::string& bytes, std::size_t size, std::size_t target) {
  while (size < target && (!ended_ || !carry_.empty())) {
    if (size == bytes.size()) {
      bytes.resize(std::min(target, std::max({kFirstRead, carry_.size(), 2 * size})));
    }
    const std::size_t room = std::min(target, bytes.size()) - size;
    if (!carry_.empty()) {
      const std::size_t count = std::min(room, carry_.size());
      std::copy_n(carry_.begin(), count, bytes.begin() + static_cast<std::ptrdiff_t>(size));
      carry_.erase(0, count);
      size += count;
      continue;
    }
    std::size_t count = 0;
    try {
      count = source_.read({bytes.data() + size, room});
    } catch (const Error& error) {
      read_error_ = error.what();
    }
    if (count == 0) ended_ = true;
    size += count;
  }
  return size;
}

void SourceBlocks::next_lines(RecordBlock& block) {
  std::string& bytes = block.bytes;
  std::size_t size = 0;
  std::size_t target = block_bytes_;
  std::size_t searched = 0;
  while ((size = fill(bytes, size, target)) >= target) {
    const std::string_view filled = std::string_view(bytes).substr(0, size);
    const std::size_t cut = end_of_last_line(filled, searched);
    if (cut > 0) {
      carry_.insert(0, filled.substr(cut));
      size = cut;
      break;
    }
    searched = size;
    if (size > options_.max_record_bytes) {
      bytes.resize(size);
      skip_long_line(block);
      size = bytes.size();
      target = block_bytes_;
      searched = 0;
    } else {
      target = std::min(2 * target, options_.max_record_bytes + 1);
    }
  }
  bytes.resize(size);
  block.first_offset = offset_;
  block.first_line = line_;
  offset_ += size;
  line_ += count_lines(bytes);
  if (ended_ && carry_.empty()) {
    report_end(block);
    done_ = true;
  }
}

// block.bytes is the beginning of a line over the limit; leaves there what follows that line.
void SourceBlocks::skip_long_line(RecordBlock& block) {
  std::string& bytes = block.bytes;
  report(block, fmt::format("record longer than {} bytes", options_.max_record_bytes), bytes);
  std::size_t end = 0;
  while (end == 0) {
    offset_ += bytes.size();
    bytes.resize(fill(bytes, 0, std::min(block_bytes_, kFirstRead)));
    if (bytes.empty()) return;
    const std::size_t found = bytes.find('\n');
    end = found == std::string::npos ? 0 : found + 1;
  }
  offset_ += end;
  ++line_;
  bytes.erase(0, end);
}

// A text that is cut short is no document; its beginning alone would only look like one.
void SourceBlocks::next_text(RecordBlock& block) {
  block.first_offset = offset_;
  block.first_line = line_;
  done_ = true;
  const std::size_t limit = options_.max_record_bytes;
  block.bytes.resize(fill(block.bytes, 0, limit + 1));
  if (block.bytes.size() > limit) {
    report(block, fmt::format("record longer than {} bytes", limit), block.bytes);
  } else {
    offset_ += block.bytes.size();
    report_end(block);
  }
  if (!block.faults.empty()) block.bytes.clear();
}

void SourceBlocks::report(RecordBlock& block, std::string reason, std::string_view bytes) {
  RecordFault fault;
  fault.origin = {source_index_, offset_, line_};
  fault.reason = std::move(reason);
  fault.bytes = bytes.substr(0, RecordFault::kMaxBytes);
  block.faults.push_back(std::move(fault));
}

void SourceBlocks::report_end(RecordBlock& block) {
  if (!read_error_.empty()) {
    report(block, std::exchange(read_error_, {}), {});
  } else if (const auto& fault = source_.fault()) {
    report(block, fmt::format("{} at byte {} of the file", fault->reason, fault->offset), {});
  }
}

}  // namespace copydesk
