#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A page, or an archive of pages, cut into batches of records as they are in the source. Cutting is
// quick; making lines of the records, which takes far longer, is left to those who work on batches
// (RecordConverter).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "copydesk/read/batch_maker.h"
#include "copydesk/read/record_batch.h"

namespace copydesk {

class RawBatches : private BatchMaker {
 public:
  using BatchMaker::read_failed;

  // `format` is kHtml or kWarc (also WET and ARC). REQUIRES: `source` outlives this object.
  RawBatches(ByteSource& source, std::uint32_t source_index, std::string name,
             ConvertedFormat format, const BatchReaderOptions& options);

  // As SourceBatches::next(), but what it fills are batch.raw and batch.records, and the place of
  // the batch is not known yet. Where it ends depends only on the bytes of the source.
  bool next(RecordBatch& batch);

 private:
  void next_page(RecordBatch& batch);
  void next_records(RecordBatch& batch);
  void next_record(RecordBatch& batch);
  void pass_skipped(RecordBatch& batch);
  void find_next_record(RecordBatch& batch);
  void finish(RecordBatch& batch);

  // What was read and not yet passed.
  [[nodiscard]] std::string_view waiting() const {
    return std::string_view(bytes_).substr(begin_, size_ - begin_);
  }
  // Reads on until so many bytes are waiting; fewer at the end of the source.
  std::string_view fill(std::size_t size);
  void pass(std::size_t size);
  // Forgets what was passed. REQUIRES: no record of the batch stands there.
  void drop();

  const ConvertedFormat kind_;
  std::string bytes_;      // of the batch that is made: what was passed up to begin_, ...
  std::size_t begin_ = 0;  // ... what is waiting up to size_, and room
  std::size_t size_ = 0;
  std::string carry_;          // what is waiting, between two batches
  std::size_t to_skip_ = 0;    // so much of the content of a record that is too long
  bool is_searching_ = false;  // for the next record, after damage
  std::uint64_t record_ = 0;   // the last one, from 1
};

}  // namespace copydesk
