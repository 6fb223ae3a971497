#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Inputs to batches of whole records. Reading and decompressing happen here, in input order, on one
// thread; parsing a batch (RecordParser) does not depend on any other batch. Pages are made lines
// of here, too, unless the caller does it on threads of his own (raw_records).
//
// Example:
//   std::ofstream("two.jsonl") << "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
//   BatchReader reader(std::vector<Input>{{"two.jsonl"}}, {});
//   RecordParser parser(FieldNames{});
//   RecordBatch batch;
//   std::string texts;
//   const auto take = [&](const Document& document) { texts += document.text; };
//   while (reader.next(batch)) parser.parse(batch, {take, [](RecordFault&&) {}});
//   assert(texts == "One.Two.");

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "copydesk/read/conversion_options.h"
#include "copydesk/read/input_list.h"
#include "copydesk/read/record_batch.h"
#include "copydesk/read/record_fault.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

struct BatchReaderOptions {
  std::size_t batch_bytes = 512 * 1024;  // target; a longer line makes a longer batch
  std::size_t max_record_bytes =
      64 * 1024 * 1024;  // a longer record becomes a fault and is skipped
  // Whether batches of compressed sources share memory with an owner, for a caller that keeps them.
  // It comes in stretches of 16 MiB, and some of them are under way.
  bool in_place = false;
  // Whether batches of pages and of archives come raw, for a caller that has a RecordConverter.
  bool raw_records = false;
  ByteSourceOptions source;
  ConversionOptions conversion;
};

class BatchReader {
 public:
  // Throws Error{kInvalidOption} unless batch_bytes and max_record_bytes are in [1, 2^31].
  BatchReader(std::vector<Input> inputs, const BatchReaderOptions& options);
  ~BatchReader();
  BatchReader(BatchReader&&) noexcept;
  BatchReader& operator=(BatchReader&&) noexcept;

  // The next batch, reusing batch.bytes. False at the end of all inputs. Where a batch ends depends
  // only on the bytes of its source and the options, never on the sizes in which bytes arrive. A
  // source that cannot be opened or read becomes a fault of a batch without bytes. Memory: two
  // batches, or one record at the limit. Throws Error{kLimitExceeded} where the system has no
  // descriptors or memory left. Not thread-safe.
  bool next(RecordBatch& batch);

  // Raw (compressed) bytes used so far, over all inputs: the measure of progress.
  [[nodiscard]] std::uint64_t raw_bytes() const;

  // How many sources, of those that are behind us, the system could not open or not read to the
  // end. Damaged archives are none of them.
  [[nodiscard]] std::size_t failed_sources() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reads again, in a later pass, the bytes [first_offset, first_offset + size) of an input, with the
// parser's padding. False if the input is compressed or no regular file, so that only a new pass
// with BatchReader can bring them back. Thread-safe. Throws Error{kCannotOpen}, Error{kCannotRead},
// and Error{kInputChanged} if the input has become too short.
bool read_batch_at(const Input& input, std::uint64_t first_offset, std::size_t size,
                   std::string& bytes);

}  // namespace copydesk
