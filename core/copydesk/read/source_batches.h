#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One source cut into batches. BatchReader strings these together; tests feed it sources of their
// own.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "copydesk/read/batch_maker.h"

namespace copydesk {

class SourceBatches : private BatchMaker {
 public:
  using BatchMaker::read_failed;

  // REQUIRES: `source` outlives this object.
  SourceBatches(ByteSource& source, std::uint32_t source_index, std::string name, InputFormat format,
               const BatchReaderOptions& options);

  // Fills all of `batch` but its sequence and can_be_reread. False when there is nothing more to
  // tell.
  bool next(RecordBatch& batch);

 private:
  void read_beginning(RecordBatch& batch);
  void next_lines(RecordBatch& batch);
  void next_text(RecordBatch& batch);
  void skip_long_line(RecordBatch& batch);
  std::size_t fill(std::string& bytes, std::size_t size, std::size_t target);

  std::string carry_;  // read, but not yet handed out
};

}  // namespace copydesk
