// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/block_reader.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <optional>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/decoded_blocks.h"
#include "copydesk/read/source_blocks.h"
#include "copydesk/stream/random_access_file.h"
#include "copydesk/stream/spool.h"

namespace copydesk {
namespace {

constexpr std::size_t kMaxOption = std::size_t{1} << 31;

void check_range(std::size_t value, const char* name) {
  if (value == 0 || value > kMaxOption) {
    throw Error(ErrorCode::kInvalidOption, "must be from 1 to 2147483648", name);
  }
}

std::unique_ptr<ByteSource> open_input(const Input& input, const ByteSourceOptions& options) {
  return input.spool != nullptr ? open_byte_source(*input.spool, options)
                                : open_byte_source(input.path, options);
}

bool is_regular_file(const Input& input) {
  struct stat status {};
  return input.spool != nullptr ||
         (input.path != "-" && ::stat(input.path.c_str(), &status) == 0 && S_ISREG(status.st_mode));
}

}  // namespace

struct BlockReader::State {
  std::vector<Input> inputs;
  BlockReaderOptions options;
  std::uint32_t source = 0;
  std::uint64_t sequence = 0;
  std::uint64_t finished_raw_bytes = 0;
  std::unique_ptr<ByteSource> bytes;
  DecodedSpace space;
  // Of inputs[source], once it is open: one of the two.
  std::optional<SourceBlocks> blocks;
  std::optional<DecodedBlocks> decoded;
  bool can_be_reread = false;

  void open() {
    const Input& input = inputs[source];
    bytes = open_input(input, options.source);
    can_be_reread = bytes->compression() == Compression::kNone && is_regular_file(input);
    if (options.in_place && bytes->compression() != Compression::kNone) {
      decoded.emplace(*bytes, space, source, input.path, input.format, options);
    } else {
      blocks.emplace(*bytes, source, input.path, input.format, options);
    }
  }

  void close() {
    if (bytes) finished_raw_bytes += bytes->raw_offset();
    blocks.reset();
    decoded.reset();
    bytes.reset();
    ++source;
  }

  void report_unopened(RecordBlock& block, const Error& error) {
    block.bytes.clear();
    block.faults.clear();
    block.source = source;
    block.source_name = inputs[source].path;
    block.first_offset = 0;
    block.first_line = 1;
    block.format = InputFormat::kJsonLines;
    block.can_be_reread = false;
    block.pad();
    RecordFault fault;
    fault.origin = {source, 0, 1};
    fault.reason = error.what();
    block.faults.push_back(std::move(fault));
  }
};

BlockReader::BlockReader(std::vector<Input> inputs, const BlockReaderOptions& options)
    : state_(std::make_unique<State>()) {
  check_range(options.block_bytes, "block_bytes");
  check_range(options.max_record_bytes, "max_record_bytes");
  state_->inputs = std::move(inputs);
  state_->options = options;
}

BlockReader::~BlockReader() = default;
BlockReader::BlockReader(BlockReader&&) noexcept = default;
BlockReader& BlockReader::operator=(BlockReader&&) noexcept = default;

bool BlockReader::next(RecordBlock& block) {
  State& state = *state_;
  block.owner.reset();
  while (state.source < state.inputs.size()) {
    try {
      if (!state.blocks && !state.decoded) state.open();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kInvalidOption) throw;
      state.report_unopened(block, error);
      state.close();
      block.sequence = state.sequence++;
      return true;
    }
    if (state.decoded ? state.decoded->next(block) : state.blocks->next(block)) {
      block.can_be_reread = state.can_be_reread;
      block.sequence = state.sequence++;
      return true;
    }
    state.close();
  }
  return false;
}

std::uint64_t BlockReader::raw_bytes() const {
  return state_->finished_raw_bytes + (state_->bytes ? state_->bytes->raw_offset() : 0);
}

bool read_block_at(const Input& input, std::uint64_t first_offset, std::size_t size,
                   std::string& bytes) {
  if (!is_regular_file(input)) return false;
  const RandomAccessFile file =
      input.spool != nullptr ? RandomAccessFile(*input.spool) : RandomAccessFile(input.path);
  if (file.is_compressed()) return false;
  bytes.resize(size);
  if (file.read_at(first_offset, bytes) != size) {
    throw Error(ErrorCode::kInputChanged, "has become shorter while it was used", input.path);
  }
  RecordBlock::pad(bytes);
  return true;
}

}  // namespace copydesk
