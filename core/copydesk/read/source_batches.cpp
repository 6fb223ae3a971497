// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/source_batches.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "copydesk/error.h"

namespace copydesk {

SourceBatches::SourceBatches(ByteSource& source, std::uint32_t source_index, std::string name,
                           InputFormat format, const BatchReaderOptions& options)
    : BatchMaker(source, source_index, std::move(name), format, options) {}

bool SourceBatches::next(RecordBatch& batch) {
  batch.faults.clear();
  if (done_) {
    batch.bytes.clear();
    return false;
  }
  // Do not carry the memory of one huge record through the rest of the run.
  if (batch.bytes.capacity() > 4 * batch_bytes_ + RecordBatch::kPadding) batch.bytes = {};
  if (!begun_) read_beginning(batch);
  describe(batch);
  if (done_) {
    batch.bytes.clear();
  } else if (format_ == InputFormat::kText) {
    next_text(batch);
  } else {
    next_lines(batch);
  }
  RecordBatch::pad(batch.bytes);
  const bool is_empty_text = format_ == InputFormat::kText && batch.faults.empty();
  return !batch.bytes.empty() || !batch.faults.empty() || is_empty_text;
}

// What has been looked at stays in carry_.
void SourceBatches::read_beginning(RecordBatch& batch) {
  std::string beginning;
  beginning.resize(fill(beginning, 0, kFirstRead));
  beginning.erase(0, begin(batch, beginning));
  if (!done_) carry_ = std::move(beginning);
}

// Goes on behind the first `size` bytes until there are `target`, first with what is left from
// before, and returns how many there are: fewer only at the end of the source. Because a batch is
// always filled up to its target before it is cut, its end does not depend on how reads came back.
// `bytes` keeps its former size where that is larger, since growing a string again would clear
// bytes that are to be overwritten.
std::size_t SourceBatches::fill(std::string& bytes, std::size_t size, std::size_t target) {
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
    size += read({bytes.data() + size, room});
  }
  return size;
}

void SourceBatches::next_lines(RecordBatch& batch) {
  std::string& bytes = batch.bytes;
  std::size_t size = 0;
  std::size_t target = batch_bytes_;
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
      skip_long_line(batch);
      size = bytes.size();
      target = batch_bytes_;
      searched = 0;
    } else {
      target = std::min(2 * target, options_.max_record_bytes + 1);
    }
  }
  bytes.resize(size);
  batch.first_offset = offset_;
  batch.first_line = line_;
  advance(bytes);
  if (ended_ && carry_.empty()) {
    report_end(batch);
    done_ = true;
  }
}

// batch.bytes is the beginning of a line over the limit; leaves there what follows that line.
void SourceBatches::skip_long_line(RecordBatch& batch) {
  std::string& bytes = batch.bytes;
  report_long_line(batch, bytes);
  std::size_t end = 0;
  while (end == 0) {
    offset_ += bytes.size();
    bytes.resize(fill(bytes, 0, std::min(batch_bytes_, kFirstRead)));
    if (bytes.empty()) return;
    const std::size_t found = bytes.find('\n');
    end = found == std::string::npos ? 0 : found + 1;
  }
  offset_ += end;
  ++line_;
  bytes.erase(0, end);
}

// A text that is cut short is no document; its beginning alone would only look like one.
void SourceBatches::next_text(RecordBatch& batch) {
  done_ = true;
  const std::size_t limit = options_.max_record_bytes;
  batch.bytes.resize(fill(batch.bytes, 0, limit + 1));
  if (batch.bytes.size() > limit) {
    report_long_line(batch, batch.bytes);
  } else {
    offset_ += batch.bytes.size();
    report_end(batch);
  }
  if (!batch.faults.empty()) batch.bytes.clear();
}

}  // namespace copydesk
