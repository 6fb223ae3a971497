#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One source cut into blocks. BlockReader strings these together; tests feed it sources of their
// own.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "copydesk/read/block_reader.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

class SourceBlocks {
 public:
  // REQUIRES: `source` outlives this object.
  SourceBlocks(ByteSource& source, std::uint32_t source_index, std::string name, InputFormat format,
               const BlockReaderOptions& options);

  // Fills all of `block` but its sequence and can_be_reread. False when there is nothing more to
  // tell.
  bool next(RecordBlock& block);

 private:
  void begin(RecordBlock& block);
  void next_lines(RecordBlock& block);
  void next_text(RecordBlock& block);
  void skip_long_line(RecordBlock& block);
  std::size_t fill(std::string& bytes, std::size_t size, std::size_t target);
  void report(RecordBlock& block, std::string reason, std::string_view bytes);
  void report_end(RecordBlock& block);

  ByteSource& source_;
  const std::uint32_t source_index_;
  const std::string name_;
  const BlockReaderOptions options_;
  const std::size_t block_bytes_;
  InputFormat format_;
  std::string carry_;         // read, but not yet handed out
  std::uint64_t offset_ = 0;  // of the next byte to hand out
  std::uint64_t line_ = 1;
  std::string read_error_;
  bool begun_ = false;
  bool ended_ = false;  // the source has nothing more
  bool done_ = false;
};

}  // namespace copydesk
