#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One source cut into blocks. BlockReader strings these together; tests feed it sources of their
// own.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "copydesk/read/block_maker.h"

namespace copydesk {

class SourceBlocks : private BlockMaker {
 public:
  // REQUIRES: `source` outlives this object.
  SourceBlocks(ByteSource& source, std::uint32_t source_index, std::string name, InputFormat format,
               const BlockReaderOptions& options);

  // Fills all of `block` but its sequence and can_be_reread. False when there is nothing more to
  // tell.
  bool next(RecordBlock& block);

 private:
  void read_beginning(RecordBlock& block);
  void next_lines(RecordBlock& block);
  void next_text(RecordBlock& block);
  void skip_long_line(RecordBlock& block);
  std::size_t fill(std::string& bytes, std::size_t size, std::size_t target);

  std::string carry_;  // read, but not yet handed out
};

}  // namespace copydesk
