#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Inputs to blocks of whole records: the unit of work that is handed to threads. Reading and
// decompressing happen here, in input order, on one thread; parsing a block (parse_block) does not
// depend on any other block.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/read/record_fault.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

enum class InputFormat { kAuto, kJsonLines, kText };

// One source of records, after folders were expanded.
struct Input {
  std::string path;  // "-" for standard input
  InputFormat format = InputFormat::kAuto;
};

// Expands folders recursively (only regular files, names sorted bytewise, hidden files left out)
// and keeps files as they are, in the order given. Paths that do not exist or cannot be listed
// become faults (origin.source = the index of the path in `paths`), not exceptions.
std::vector<Input> expand_inputs(const std::vector<std::string>& paths, InputFormat format,
                                 std::vector<RecordFault>& faults);

// Some whole records of one source. For JSON Lines: whole lines. For plain text: the whole file.
struct RecordBlock {
  std::uint64_t sequence = 0;      // 0, 1, 2, ... over all inputs
  std::uint32_t source = 0;        // index into the inputs
  std::uint64_t first_offset = 0;  // of bytes[0] in the decompressed source
  std::uint64_t first_line = 1;    // of bytes[0]
  InputFormat format = InputFormat::kJsonLines;  // resolved, never kAuto
  std::string bytes;               // capacity beyond the end covers the parser's padding
  std::vector<RecordFault> faults; // of the reading itself: truncated stream, line over the limit
};

struct BlockReaderOptions {
  std::size_t block_bytes = 512 * 1024;             // target; a longer line makes a longer block
  std::size_t max_record_bytes = 64 * 1024 * 1024;  // a longer record becomes a fault and is skipped
  ByteSourceOptions source;
};

class BlockReader {
 public:
  BlockReader(std::vector<Input> inputs, const BlockReaderOptions& options);
  ~BlockReader();

  // The next block, reusing block.bytes. False at the end of all inputs. A source that cannot be
  // opened or read becomes a fault of a block without bytes. Not thread-safe.
  bool next(RecordBlock& block);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct FieldNames {
  std::string text = "text", id = "id", title = "title", url = "url", time = "date", site = "site";
};

// Receives what a block holds, in order. Views are valid during the call only.
struct RecordVisitor {
  std::function<void(const Document&)> on_document;
  std::function<void(RecordFault&&)> on_fault;
};

// Parses the records of a block. Reuses its buffers; one object per thread.
class RecordParser {
 public:
  explicit RecordParser(FieldNames fields);
  ~RecordParser();
  void parse(const RecordBlock& block, const RecordVisitor& visitor);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk
