#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a run remembers of its corpus between passes: where each batch and each record stands, and
// the little about each document that later stages need. No text.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/shingle/shingler.h"

namespace copydesk {

struct BatchRow {
  std::uint32_t source = 0;
  std::uint32_t size = 0;  // in bytes
  std::uint64_t first_offset = 0;
  std::uint64_t first_line = 0;
  std::uint64_t checksum = 0;        // XXH3-64 of the bytes: a later pass must see the same
  std::uint32_t first_document = 0;  // documents of a batch are numbered consecutively
  InputFormat format = InputFormat::kJsonLines;
  bool can_be_reread = false;  // as RecordBatch has it
};

struct DocumentRow {
  std::uint64_t exact_low = 0;
  std::uint64_t exact_high = 0;
  std::uint32_t offset = 0;  // of the record within its batch
  std::uint32_t size = 0;    // of the record
  std::uint32_t line = 0;    // within its batch, from 0
  std::uint32_t tokens = 0;
  TextClass text_class = TextClass::kEmpty;
};

// The ids of all documents, end to end.
class IdTable {
 public:
  // An empty id stands for "has none".
  void append(std::string_view id);
  [[nodiscard]] std::string_view id(std::size_t document) const;

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
  struct Chunk {
    std::string ids;
    std::size_t first_document;
  };
  std::deque<Chunk> chunks_;
  std::deque<std::uint32_t> ends_;  // of each id within its chunk
};

// Numbers documents 0, 1, 2, ... in input order. At most 2^32 - 2 of them.
struct CorpusTable {
  std::vector<Input> inputs;
  std::vector<BatchRow> batches;
  std::deque<DocumentRow> documents;  // a deque does not copy itself when it grows
  IdTable ids;

  // The id of the record, or PATH:LINE.
  [[nodiscard]] std::string name_of(std::uint32_t document) const;
  // The batch that holds the document.
  [[nodiscard]] const BatchRow& batch_of(std::uint32_t document) const;
  // [first, end) of the documents of a batch.
  [[nodiscard]] std::uint32_t end_document(std::size_t batch) const {
    return batch + 1 < batches.size() ? batches[batch + 1].first_document
                                      : static_cast<std::uint32_t>(documents.size());
  }
};

// For a pass that finds an input other than the pass before. Throws Error{kInputChanged}; `input`
// is its path, or empty where it is not known which it is.
[[noreturn]] void fail_changed(const std::string& input);

}  // namespace copydesk
