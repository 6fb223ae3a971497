#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Several passes over one corpus. The first finds the inputs, keeps a copy of standard input and
// other pipes, counts and reports faults; later ones see the same batches or end the run with
// Error{kInputChanged}.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/corpus/batch_copies.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/run_control.h"
#include "copydesk/stream/spool.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

struct FaultCounts {
  std::uint64_t total = 0;
  std::uint64_t sources = 0;  // of the total: whole inputs, or the rest of one
  // By reason, most frequent first is for the reader to sort; at most 32 different reasons.
  std::vector<std::pair<std::string, std::uint64_t>> reasons;

  void add(const RecordFault& fault);
};

void describe(const FaultCounts& faults, ReportSection& section);

class CorpusReader {
 public:
  // Decompressed text is kept, so that later passes need not decompress again: in memory up to one
  // share of what is allowed; beyond it in the work folder, as long as it takes no more than
  // another share (it is meant for the page cache) and than that share of the room in the folder.
  static constexpr double kCopyShareOfMemory = 1.0 / 8;
  static constexpr double kCopyShare = 0.5;

  // Expands folders and keeps a copy of standard input and other pipes in the work folder.
  // Throws Error{kCannotOpen} if no input is left; Cancelled, as reading does, when it has to wait
  // for a pipe and the run is asked to stop.
  // `default_memory` is what the run may hold where the options do not say.
  CorpusReader(const CorpusOptions& options, const RunControl& control,
               std::uint64_t default_memory = std::uint64_t{1} << 30);

  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }
  [[nodiscard]] const FaultCounts& faults() const { return faults_; }
  // Where temporary files go.
  [[nodiscard]] const std::string& work_folder() const { return copies_.folder(); }

  // The next batch of the first pass. Its faults, and those the parser finds in it, are the
  // caller's to hand to take_fault in order. Keeps a copy of what had to be decompressed, see
  // kCopyShare.
  bool next(RecordBatch& batch);

  // How far the first pass is, in bytes as they are stored. Safe to ask from any thread.
  [[nodiscard]] std::uint64_t raw_bytes() const { return raw_bytes_.load(); }
  // All there are; 0 where an input has no size (a pipe).
  [[nodiscard]] std::uint64_t raw_size() const { return raw_size_; }

  // Counts a fault, hands it on, and applies --on-bad.
  // Throws Error{kTooManyFaults} with --on-bad stop.
  void take_fault(const RecordFault& fault);

  // Throws Error{kTooManyFaults} if most of the first thousand records were faults: the input is
  // not what it was taken for. Call after each batch.
  void check_share_of_faults(std::uint64_t documents);

  // Starts another pass with next().
  void restart();
  // Starts another pass over the batches that `table` lists, which is kept by reference.
  void restart(const CorpusTable& table);
  // The next batch of a later pass. Throws Error{kInputChanged} if it is not the one listed.
  bool next_again(RecordBatch& batch);
  // The same in two steps, of which the second, the reading of ordinary files, may be left to the
  // threads that use the batch.
  bool announce_again(RecordBatch& batch);
  void load_again(RecordBatch& batch) const;
  // Instead of load_again() and select_records(): reads only what is wanted, so whether that is
  // what it was is the caller's to check.
  void load_records(const RecordBatch& batch, const std::vector<bool>& wanted,
                    RecordBatch& selected, std::vector<std::uint32_t>& documents) const;

 private:
  void spool(std::vector<RecordFault>& faults);
  [[nodiscard]] std::unique_ptr<BatchReader> open(std::vector<Input> inputs, bool in_place) const;
  bool next_of(BatchReader& reader, RecordBatch& batch) const;
  [[nodiscard]] BatchCopies make_copies() const;
  void read_again(const BatchRow& row, RecordBatch& batch);
  void check_same(const RecordBatch& batch) const;
  std::string path_of(const RecordFault& fault) const;

  const CorpusOptions& options_;
  const RunControl& control_;
  std::map<std::string, SpoolFile> spools_;  // by path
  std::vector<Input> inputs_;
  std::unique_ptr<BatchReader> reader_;
  FaultCounts faults_;
  std::atomic<std::uint64_t> raw_bytes_{0};
  std::vector<std::optional<std::uint64_t>> raw_sizes_;  // of the inputs that have one
  std::uint64_t raw_size_ = 0;
  bool share_checked_ = false;

  std::uint64_t memory_bytes_;
  BatchCopies copies_;   // of decompressed batches
  bool copying_ = true;  // during the first pass

  // The later pass under way.
  const CorpusTable* table_ = nullptr;
  std::size_t batches_passed_ = 0;
  std::unique_ptr<BatchReader> again_;  // over one input that can only be read from its beginning
  std::uint32_t again_source_ = 0;
};

// What a table keeps of a batch; its documents are the caller's to number.
[[nodiscard]] BatchRow make_batch_row(const RecordBatch& batch);

// What batches are recognised by.
[[nodiscard]] std::uint64_t batch_checksum(const RecordBatch& batch);

}  // namespace copydesk
