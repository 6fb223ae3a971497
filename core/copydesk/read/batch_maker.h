#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the two ways to cut a source into batches have in common: recognizing its content, counting
// bytes and lines, and faults.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/read/batch_reader.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

// The position behind the last line feed at or after `from`, or 0.
[[nodiscard]] std::size_t end_of_last_line(std::string_view bytes, std::size_t from);

class Error;

class BatchMaker {
 public:
  // Whether the system could not read the source to its end.
  [[nodiscard]] bool read_failed() const { return read_failed_; }

 protected:
  // How much of a source is looked at to recognize it, which must not depend on the size of batches.
  static constexpr std::size_t kFirstRead = 64 * 1024;

  BatchMaker(ByteSource& source, std::uint32_t source_index, std::string name, InputFormat format,
             const BatchReaderOptions& options);

  // Recognizes the content by its beginning, and returns how much of that is no content (a byte
  // order mark). If it is nothing to read, reports that, and there is no more.
  std::size_t begin(RecordBatch& batch, std::string_view beginning);
  // Where the batch stands, and of which source it is.
  void describe(RecordBatch& batch) const;
  // Passes over `bytes`, which are handed out.
  void advance(std::string_view bytes);

  void report(RecordBatch& batch, std::string reason, std::string_view bytes);
  void report_long_line(RecordBatch& batch, std::string_view beginning);
  // Reads on into `room`, which is not empty. At the end of the source, or where it cannot be read, nothing
  // is read and ended_ is set.
  std::size_t read(std::span<char> room);
  // Takes note of a read that failed; what ends a run is thrown on. Call while it is handled.
  void take_read_error(const Error& error);
  // Why there is nothing after the end of the source, if there should be.
  void report_end(RecordBatch& batch);

  ByteSource& source_;
  const std::uint32_t source_index_;
  const std::string name_;
  const BatchReaderOptions options_;
  // Never larger than the record limit, so a line that fits into a batch needs no check of its own
  // against it.
  const std::size_t batch_bytes_;
  InputFormat format_;
  std::uint64_t offset_ = 0;  // of the next byte to hand out
  std::uint64_t line_ = 1;
  std::string read_error_;
  bool read_failed_ = false;
  bool begun_ = false;
  bool ended_ = false;  // the source has nothing more
  bool done_ = false;
};

}  // namespace copydesk
