#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What becomes of input that cannot be used: it is named and counted, and the run goes on with the
// next record. The line {"id": 7} gives the reason `no text field "text"`, and {"text": 5} gives
// `text is not a string`.
//
// Example:
//   RecordBatch batch;
//   batch.bytes = "{\"id\": 7}\n";
//   batch.pad();
//   std::vector<RecordFault> faults;
//   const auto take = [&](RecordFault&& fault) { faults.push_back(std::move(fault)); };
//   RecordParser(FieldNames{}).parse(batch, {[](const Document&) {}, take});
//   assert(faults[0].reason == "no text field \"text\"" && faults[0].origin.line == 1);

#include <cstddef>
#include <cstdint>
#include <string>

#include "copydesk/document.h"

namespace copydesk {

// One record (or the rest of one source) that could not be used. Never thrown: collected, counted,
// reported with its place and, on request, written out.
struct RecordFault {
  static constexpr std::size_t kMaxBytes = 200;

  Origin origin;
  std::string reason;  // "invalid JSON", "no text field \"text\"", "invalid UTF-8", ...
  std::string bytes;   // the start of the record, at most kMaxBytes; may be invalid UTF-8
};

}  // namespace copydesk
