#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A corpus in files, folders and pipes. The first pass finds the inputs, keeps a copy of standard
// input and other pipes, and one of what had to be decompressed, as far as there is room.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/corpus/batch_copies.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/parallel/turns.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/read/record_converter.h"
#include "copydesk/stream/spool.h"

namespace copydesk {

class FileCorpus : public CorpusReader {
 public:
  // Decompressed text is kept, so that later passes need not decompress again: in memory up to one
  // share of what is allowed; beyond it in the work folder, as long as it takes no more than
  // another share (it is meant for the page cache) and than that share of the room in the folder.
  // With 1 GiB allowed and room enough: 128 MiB in memory, or 512 MiB in a file.
  static constexpr double kCopyShareOfMemory = 1.0 / 8;
  static constexpr double kCopyShare = 0.5;

  // As open_corpus.
  FileCorpus(const CorpusOptions& options, const RunControl& control, std::uint64_t default_memory);

  [[nodiscard]] std::uint64_t stored_size() const override { return raw_size_; }
  [[nodiscard]] std::unique_ptr<BatchParser> make_parser() const override;

  // What the first pass found, for with_field(). Safe to call from several threads.
  void count_fields(const RecordParser::Counts& counts, InputFormat format) const;
  // The wanted records of a batch that was announced, `loaded` or not; see BatchParser.
  void select(RecordBatch& batch, const CorpusTable& table, const std::vector<bool>& wanted,
              bool loaded, RecordBatch& selected, std::vector<std::uint32_t>& documents) const;

 protected:
  bool read_next(RecordBatch& batch) override;
  void finish_first(RecordBatch& batch) override;
  [[nodiscard]] std::uint64_t stored_bytes_read() const override { return raw_bytes_.load(); }
  [[nodiscard]] BatchRow make_row(const RecordBatch& batch) const override;
  void announce_again(const BatchRow& row, RecordBatch& batch) override;
  void load_again(const BatchRow& row, RecordBatch& batch) const override;
  [[nodiscard]] std::size_t failed_inputs() const override { return reader_->failed_sources(); }
  [[nodiscard]] std::string describe_fields(std::size_t first, std::size_t end) const override;
  void check_end() const override;
  [[nodiscard]] std::optional<std::uint64_t> with_field(RecordField field,
                                                        std::uint64_t documents) const override;
  [[nodiscard]] std::uint64_t plain_texts() const override { return counted_texts_; }

 private:
  void spool(std::vector<RecordFault>& faults);
  [[nodiscard]] BatchReaderOptions reading_options() const;
  bool next_of(BatchReader& reader, RecordBatch& batch) const;
  [[nodiscard]] BatchCopies make_copies() const;
  void check_same(const BatchRow& row, const RecordBatch& batch) const;

  std::map<std::string, SpoolFile> spools_;  // by path
  const BatchReaderOptions reading_;
  mutable RecordConverter converter_{reading_.conversion};
  std::unique_ptr<BatchReader> reader_;  // of the first pass
  Turns turns_;                          // of its raw batches, to learn where they begin
  LinePlaces places_;
  std::atomic<std::uint64_t> raw_bytes_{0};
  std::vector<std::optional<std::uint64_t>> raw_sizes_;  // of the inputs that have one
  std::uint64_t raw_size_ = 0;

  mutable std::atomic<std::uint64_t> counted_documents_{0};
  mutable std::atomic<std::uint64_t> counted_texts_{0};
  mutable std::array<std::atomic<std::uint64_t>, kRecordFields> with_field_{};
  std::uint64_t memory_bytes_;
  BatchCopies copies_;  // of decompressed batches

  // Of a later pass, over one input that can only be read from its beginning.
  std::unique_ptr<BatchReader> again_;
  std::uint32_t again_source_ = 0;
  std::uint64_t again_next_ = 0;  // the batch it gives next
};

}  // namespace copydesk
