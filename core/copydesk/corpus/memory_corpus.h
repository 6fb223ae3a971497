#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A corpus in the caller's memory, a table or two: a batch is a range of rows of one of them. Of a
// million documents of 2 KB, batches hold some 250 each; beside the columns there are 24 bytes a
// batch.

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/read/document_columns.h"

namespace copydesk {

// Offset and line of a record are the number of its row, from 0 and from 1.
class MemoryCorpus : public CorpusReader {
 public:
  // `options.documents` is not null; its rows come behind those of `options.old_documents`, if
  // there are any. Throws Error{kInvalidOption} if the columns of a table do not have the same
  // number of rows.
  MemoryCorpus(const CorpusOptions& options, const RunControl& control);

  [[nodiscard]] std::uint64_t stored_size() const override { return size_; }
  [[nodiscard]] std::unique_ptr<BatchParser> make_parser() const override;
  // Rows [first, end) of a table.
  struct Rows {
    const DocumentColumns* table;
    std::uint32_t source;  // number of the table
    std::size_t first, end;
  };
  [[nodiscard]] const Rows& rows(std::size_t batch) const { return batch_rows_[batch]; }

 protected:
  bool read_next(RecordBatch& batch) override;
  [[nodiscard]] std::uint64_t stored_bytes_read() const override { return read_.load(); }
  [[nodiscard]] BatchRow make_row(const RecordBatch& batch) const override;
  // It is the caller who sees to it that nothing changes.
  void announce_again(const BatchRow&, RecordBatch&) override {}
  void load_again(const BatchRow&, RecordBatch&) const override {}
  void check_end() const override {}

 private:
  void add(const DocumentColumns& table);
  [[nodiscard]] std::uint64_t size_of(const DocumentColumns& table, std::size_t row) const;
  [[nodiscard]] std::uint64_t size_of(const Rows& rows) const;

  std::vector<Rows> batch_rows_;
  std::uint64_t size_ = 0;  // of the texts
  std::size_t next_batch_ = 0;
  std::atomic<std::uint64_t> read_{0};
};

}  // namespace copydesk
