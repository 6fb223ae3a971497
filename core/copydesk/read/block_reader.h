#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Inputs to blocks of whole records. Reading and decompressing happen here, in input order, on one
// thread; parsing a block (RecordParser) does not depend on any other block.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/read/record_block.h"
#include "copydesk/read/record_fault.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

struct BlockReaderOptions {
  std::size_t block_bytes = 512 * 1024;  // target; a longer line makes a longer block
  std::size_t max_record_bytes =
      64 * 1024 * 1024;  // a longer record becomes a fault and is skipped
  // Whether blocks of compressed sources share memory with an owner, for a caller that keeps them.
  // It comes in stretches of 16 MiB, and some of them are under way.
  bool in_place = false;
  ByteSourceOptions source;
};

class BlockReader {
 public:
  // Throws Error{kInvalidOption} unless block_bytes and max_record_bytes are in [1, 2^31].
  BlockReader(std::vector<Input> inputs, const BlockReaderOptions& options);
  ~BlockReader();
  BlockReader(BlockReader&&) noexcept;
  BlockReader& operator=(BlockReader&&) noexcept;

  // The next block, reusing block.bytes. False at the end of all inputs. Where a block ends depends
  // only on the bytes of its source and the options, never on the sizes in which bytes arrive. A
  // source that cannot be opened or read becomes a fault of a block without bytes. Memory: two
  // blocks, or one record at the limit. Not thread-safe.
  bool next(RecordBlock& block);

  // Raw (compressed) bytes used so far, over all inputs: the measure of progress.
  [[nodiscard]] std::uint64_t raw_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reads again, in a later pass, the bytes [first_offset, first_offset + size) of an input, with the
// parser's padding. False if the input is compressed or no regular file, so that only a new pass
// with BlockReader can bring them back. Thread-safe. Throws Error{kCannotOpen}, Error{kCannotRead},
// and Error{kInputChanged} if the input has become too short.
bool read_block_at(const Input& input, std::uint64_t first_offset, std::size_t size,
                   std::string& bytes);

}  // namespace copydesk
