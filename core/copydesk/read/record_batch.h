#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The unit of work that is handed to threads: some whole records of one source, as they were read.
//
// Example:
//   RecordBatch batch;
//   batch.bytes = "{\"id\": \"a\", \"text\": \"One.\"}\n";
//   batch.pad();
//   const auto take = [](const Document& document) { assert(document.id == "a"); };
//   RecordParser(FieldNames{}).parse(batch, {take, [](RecordFault&&) {}});

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/read/input_list.h"
#include "copydesk/read/record_fault.h"

namespace copydesk {

// A record of an archive, or a page that is a file of its own, before it is a line.
struct RawRecord {
  std::size_t begin = 0;  // of its content in the batch's raw bytes
  std::size_t size = 0;
  std::uint64_t number = 1;                 // in its source
  std::uint64_t offset = 0;                 // of its content in the decompressed source
  std::string type;                         // "response", "conversion", "resource"
  std::string id, url, time, content_type;  // empty where nobody says them
};

// For JSON Lines: whole lines. For plain text: the whole file, one document.
struct RecordBatch {
  // Readable and initialized bytes that `bytes` has beyond its end, as the JSON parser needs them.
  static constexpr std::size_t kPadding = 64;

  std::uint64_t sequence = 0;                    // 0, 1, 2, ... over all inputs
  std::uint32_t source = 0;                      // index into the inputs
  std::string source_name;                       // the path of the input, "-" for standard input
  std::uint64_t first_offset = 0;                // of bytes[0] in the decompressed source
  std::uint64_t first_line = 1;                  // of bytes[0]
  InputFormat format = InputFormat::kJsonLines;  // resolved, never kAuto
  bool can_be_reread = false;  // read_batch_at(input, first_offset, bytes.size(), ...) works
  std::string bytes;           // call pad() after filling it by other means than BatchReader
  // If there is an owner, the bytes stand in its memory, which has the padding, and not in `bytes`.
  std::shared_ptr<const void> owner;
  std::string_view owned_bytes;
  std::vector<RecordFault> faults;  // of the reading itself: truncated stream, line over the limit

  // What a RecordConverter has to make lines of, before anything else is done with the batch. Only
  // readers that were asked for raw records give such batches.
  bool is_raw = false;
  std::uint64_t raw_sequence = 0;     // 0, 1, 2, ... over all raw batches
  bool has_first_fields = false;      // the lines have the names of ConversionOptions::first_fields
  std::uint64_t converted_lines = 0;  // once it was converted
  std::string raw;
  std::vector<RawRecord> records;

  [[nodiscard]] std::string_view text() const { return owner ? owned_bytes : bytes; }

  void pad() { pad(bytes); }
  static void pad(std::string& bytes) {
    const std::size_t size = bytes.size();
    bytes.append(kPadding, '\0');
    bytes.resize(size);
  }
};

}  // namespace copydesk
