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

#include "copydesk/document.h"
#include "copydesk/read/input_list.h"
#include "copydesk/read/record_batch.h"
#include "copydesk/run/results.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/write/record_place.h"

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
  // Calls take(std::string_view id) for each document from `first` on, in order.
  template <class Take>
  void for_each(std::size_t first, Take&& take) const {
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const std::size_t end = i + 1 < chunks_.size() ? chunks_[i + 1].first_document : ends_.size();
      std::uint32_t begin = 0;
      for (std::size_t document = chunks_[i].first_document; document < end; ++document) {
        const std::string_view ids = chunks_[i].ids;
        if (document >= first) take(ids.substr(begin, ends_[document] - begin));
        begin = ends_[document];
      }
    }
  }

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
  struct Chunk {
    std::string ids;
    std::size_t first_document;
  };
  std::deque<Chunk> chunks_;
  std::deque<std::uint32_t> ends_;  // of each id within its chunk
};

// The documents of one batch, for a pass that makes a table. Reused: clear() keeps the memory.
struct DocumentList {
  std::vector<DocumentRow> rows;
  std::string ids;  // end to end
  std::vector<std::uint32_t> id_sizes;

  void clear() { rows.clear(), ids.clear(), id_sizes.clear(); }
  // The new row knows where the record stands; what else it holds is for the caller to fill in.
  DocumentRow& add(const RecordBatch& batch, const Document& document);
};

// Numbers documents 0, 1, 2, ... in input order. At most 2^32 - 2 of them.
struct CorpusTable {
  std::vector<Input> inputs;
  std::vector<BatchRow> batches;
  std::deque<DocumentRow> documents;  // a deque does not copy itself when it grows
  IdTable ids;

  // Adds the next batch. Returns the number of its first document. Throws Error{kLimitExceeded}.
  std::uint32_t append(const BatchRow& batch, const DocumentList& found);

  // As document_name.
  [[nodiscard]] std::string name_of(std::uint32_t document) const;
  // The same with the file and the line. Valid as long as the inputs.
  [[nodiscard]] RecordPlace place_of(std::uint32_t document) const;
  [[nodiscard]] DocumentRef ref_of(std::uint32_t document) const;
  // The batch that holds the document.
  [[nodiscard]] const BatchRow& batch_of(std::uint32_t document) const;
  // [first, end) of the documents of a batch.
  [[nodiscard]] std::uint32_t end_document(std::size_t batch) const {
    return batch + 1 < batches.size() ? batches[batch + 1].first_document
                                     : static_cast<std::uint32_t>(documents.size());
  }
};

// What a record is called in every output: its id, or PATH:LINE, or the number of the row, from 0,
// where there is no path (in a caller's memory).
[[nodiscard]] std::string document_name(std::string_view id, std::string_view path,
                                        std::uint64_t line);

// For a pass that finds an input other than the pass before. Throws Error{kInputChanged}; `input`
// is its path, or empty where it is not known which it is.
[[noreturn]] void fail_changed(const std::string& input);

}  // namespace copydesk
