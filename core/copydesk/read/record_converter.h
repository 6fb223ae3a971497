#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Batches of raw records to lines: pages and texts of responses, resources and conversions.
// Redirects, errors of servers, and what is neither a page nor a text give no document and are no
// fault.

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "copydesk/read/conversion_options.h"
#include "copydesk/read/record_batch.h"

namespace copydesk {

// Safe to use from several threads. Keeps the buffers of as many conversions as were under way at
// once.
class RecordConverter {
 public:
  // `options` are kept by reference.
  explicit RecordConverter(const ConversionOptions& options);
  ~RecordConverter();

  // Makes the lines of a raw batch, which then is none any more; only where it begins is not known
  // (see LinePlaces). Records that give no line though they should are added to its faults.
  void convert(RecordBatch& batch);

 private:
  class Worker;

  const ConversionOptions& options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

// Where converted batches stand among the lines of their source. Takes batches in order.
class LinePlaces {
 public:
  // Sets first_offset and first_line.
  void place(RecordBatch& batch);

 private:
  std::uint32_t source_ = UINT32_MAX;
  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace copydesk
