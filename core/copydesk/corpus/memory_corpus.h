#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A corpus in the caller's memory: one table, or one that another is compared with. A batch is a
// range of rows of one table. Of a million documents of 2 KB, batches hold some 250 each; beside
// the columns there are 24 bytes a batch.

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/read/document_columns.h"

namespace copydesk {

// A range of rows, [first, end), of a table.
struct RowRange {
  std::size_t table = 0;  // 0, or 1 if there is one in front
  std::size_t first = 0, end = 0;
};

// Offset and line of a record are the number of its row, from 0 and from 1.
class MemoryCorpus : public CorpusReader {
 public:
  // `options.documents` is not null. Throws Error{kInvalidOption} if the columns of a table do not
  // have the same number of rows, or if it is to be compared with files.
  MemoryCorpus(const CorpusOptions& options, const RunControl& control);

  [[nodiscard]] std::uint64_t stored_size() const override { return size_; }
  [[nodiscard]] std::unique_ptr<BatchParser> make_parser() const override;
  [[nodiscard]] const RowRange& rows(std::size_t batch) const { return ranges_[batch]; }
  // The table that a batch is of.
  [[nodiscard]] const DocumentColumns& columns(std::size_t batch) const {
    return *tables_[ranges_[batch].table];
  }

 protected:
  bool read_next(RecordBatch& batch) override;
  [[nodiscard]] std::uint64_t stored_bytes_read() const override { return read_.load(); }
  [[nodiscard]] BatchRow make_row(const RecordBatch& batch) const override;
  // It is the caller who sees to it that nothing changes.
  void announce_again(const BatchRow&, RecordBatch&) override {}
  void load_again(const BatchRow&, RecordBatch&) const override {}
  void check_end() const override {}

 private:
  void add_table(const DocumentColumns& columns);
  [[nodiscard]] std::uint64_t size_of(const DocumentColumns& columns, std::size_t row) const;
  [[nodiscard]] std::uint64_t size_of(const RowRange& rows) const;

  std::vector<const DocumentColumns*> tables_;
  std::vector<RowRange> ranges_;  // of each batch
  std::uint64_t size_ = 0;        // of the texts
  std::size_t next_batch_ = 0;
  std::atomic<std::uint64_t> read_{0};
};

}  // namespace copydesk
