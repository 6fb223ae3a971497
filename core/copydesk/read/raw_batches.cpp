// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/raw_batches.h"

#include <algorithm>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/warc/record_head.h"

namespace copydesk {

namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
// Damage all over does not make a batch grow without end.
constexpr std::size_t kMostFaults = 100;

}  // namespace

RawBatches::RawBatches(ByteSource& source, std::uint32_t source_index, std::string name,
                       ConvertedFormat format, const BatchReaderOptions& options)
    : BatchMaker(source, source_index, std::move(name), InputFormat::kJsonLines, options),
      kind_(format) {}

bool RawBatches::next(RecordBatch& batch) {
  batch.faults.clear();
  batch.records.clear();
  batch.bytes.clear();
  batch.is_raw = false;
  if (done_) return false;
  describe(batch);
  // Do not carry the memory of one huge record through the rest of the run.
  if (batch.raw.size() > 4 * batch_bytes_ + kMostRecordHeadBytes) batch.raw = {};
  bytes_.swap(batch.raw);
  if (bytes_.size() < carry_.size()) bytes_.resize(carry_.size());
  std::ranges::copy(carry_, bytes_.begin());
  size_ = carry_.size();
  begin_ = 0;
  if (kind_ == ConvertedFormat::kHtml) {
    next_page(batch);
  } else {
    next_records(batch);
  }
  carry_.assign(waiting());
  bytes_.swap(batch.raw);
  batch.is_raw = !batch.records.empty() || !batch.faults.empty();
  return batch.is_raw;
}

// A page that is cut short is no document, as with plain text.
void RawBatches::next_page(RecordBatch& batch) {
  const std::string_view page = fill(options_.max_record_bytes + 1);
  if (page.size() > options_.max_record_bytes) {
    report_long_line(batch, page);
    done_ = true;
  } else {
    finish(batch);
  }
  if (batch.faults.empty()) {
    RawRecord record;
    record.size = page.size();
    record.type = "resource";
    record.id = name_;
    record.content_type = "text/html";
    batch.records.push_back(std::move(record));
  }
  pass(page.size());
}

// A batch ends before what has to be passed over, however that arrives, so that its end depends on
// nothing but the bytes of the source.
void RawBatches::next_records(RecordBatch& batch) {
  while (!done_) {
    const bool is_between = to_skip_ > 0 || is_searching_;
    if (is_between || begin_ >= batch_bytes_ || batch.faults.size() >= kMostFaults) {
      if (!batch.records.empty() || batch.faults.size() >= kMostFaults) return;
      if (to_skip_ > 0) pass_skipped(batch);
      if (is_searching_) find_next_record(batch);
      drop();
    } else {
      next_record(batch);
    }
  }
}

void RawBatches::next_record(RecordBatch& batch) {
  while (!fill(1).empty() && (waiting()[0] == '\r' || waiting()[0] == '\n')) pass(1);
  if (waiting().empty()) return finish(batch);
  line_ = ++record_;
  RawRecord record;
  const std::string_view bytes = fill(kMostRecordHeadBytes);
  const ParsedRecordHead head = parse_record_head(bytes, record);
  if (!head.fault.empty()) {
    report(batch, std::string(head.fault), bytes);
    pass(1);
    is_searching_ = true;
    return;
  }
  pass(head.size);
  if (head.content > options_.max_record_bytes) {
    report_long_line(batch, waiting());
    to_skip_ = head.content;
    return;
  }
  const std::string_view content = fill(head.content).substr(0, head.content);
  if (content.size() < head.content) {
    report(batch, "record cut off by the end of the archive", content);
    pass(content.size());
    return finish(batch);
  }
  if (may_be_document(record)) {
    record.begin = begin_;
    record.size = head.content;
    record.number = record_;
    record.offset = offset_;
    batch.records.push_back(std::move(record));
  }
  pass(head.content);
}

void RawBatches::pass_skipped(RecordBatch& batch) {
  while (to_skip_ > 0) {
    const std::size_t count = std::min(fill(1).size(), to_skip_);
    if (count == 0) {
      to_skip_ = 0;
      return finish(batch);
    }
    pass(count);
    to_skip_ -= count;
    drop();
  }
}

// Goes on at the next line that begins a record.
void RawBatches::find_next_record(RecordBatch& batch) {
  constexpr std::string_view kBegin = "\nWARC/1.";
  is_searching_ = false;
  for (;;) {
    const std::string_view bytes = fill(kMostRecordHeadBytes);
    const std::size_t found = bytes.find(kBegin);
    if (found != std::string_view::npos) return pass(found + 1);
    if (bytes.size() < kMostRecordHeadBytes) {
      pass(bytes.size());
      return finish(batch);
    }
    pass(bytes.size() - kBegin.size());
    drop();
  }
}

void RawBatches::finish(RecordBatch& batch) {
  report_end(batch);
  done_ = true;
}

std::string_view RawBatches::fill(std::size_t size) {
  while (!ended_ && size_ - begin_ < size) {
    if (size_ == bytes_.size()) bytes_.resize(std::max(2 * size_, kReadBytes));
    const std::size_t room = std::min(bytes_.size() - size_, kReadBytes);
    size_ += read({bytes_.data() + size_, room});
  }
  return waiting();
}

void RawBatches::pass(std::size_t size) {
  begin_ += size;
  offset_ += size;
}

void RawBatches::drop() {
  std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_),
            bytes_.begin() + static_cast<std::ptrdiff_t>(size_), bytes_.begin());
  size_ -= std::exchange(begin_, 0);
}

}  // namespace copydesk
