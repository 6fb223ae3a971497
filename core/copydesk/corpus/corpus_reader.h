#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A corpus as passes see it: batches that can be read several times, wherever they are. The first
// time each batch is seen its faults count, whichever pass sees it; every later time it must be
// what it was. Passes are run by pass.h; nothing else reads.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/blocks/text_masker.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/corpus/fault_counts.h"
#include "copydesk/read/record_batch.h"
#include "copydesk/read/record_parser.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

// Batches to documents. Reuses its buffers; one object per thread.
class BatchParser {
 public:
  virtual ~BatchParser() = default;

  // Visits the documents and faults of a loaded batch in order.
  virtual void parse(const RecordBatch& batch, const RecordVisitor& visitor) = 0;

  // Only those documents that `table` lists and that are `wanted`. Their numbers are in
  // `documents` before the first is visited. With `alone` the batch was announced but not loaded,
  // and nothing but the wanted records is read: that they are what they were is the caller's to
  // check.
  virtual void parse_wanted(RecordBatch& batch, const CorpusTable& table,
                            const std::vector<bool>& wanted, bool alone,
                            std::vector<std::uint32_t>& documents,
                            const RecordVisitor& visitor) = 0;
};

// Where the records of batches are: files (FileCorpus), or a caller's memory.
class CorpusReader {
 public:
  // `options` and `control` are kept by reference.
  CorpusReader(const CorpusOptions& options, const RunControl& control);
  virtual ~CorpusReader() = default;
  CorpusReader(const CorpusReader&) = delete;
  CorpusReader& operator=(const CorpusReader&) = delete;

  [[nodiscard]] const CorpusOptions& options() const { return options_; }
  [[nodiscard]] const RunControl& control() const { return control_; }
  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }
  // How many of the inputs, which are the first ones, are only there to be compared with.
  [[nodiscard]] std::uint32_t old_inputs() const { return old_inputs_; }
  [[nodiscard]] const FilesLeftOut& left_out() const { return left_out_; }
  [[nodiscard]] const FaultCounts& faults() const { return faults_; }
  // In bytes as they are stored; 0 where an input has no size (a pipe).
  [[nodiscard]] virtual std::uint64_t stored_size() const = 0;
  // Lines that were decoded from another character set, of the first pass; see ConversionOptions.
  [[nodiscard]] std::uint64_t recoded_lines() const { return recoded_lines_; }
  // Of the records, as they are when decompressed. Known when a pass has come to the end.
  [[nodiscard]] std::uint64_t text_bytes() const { return text_bytes_; }

  // What no pass from now on gets to see. Every pass is given masked texts, none masks by itself.
  void set_mask(TextMask mask) { mask_.emplace(std::move(mask)); }
  [[nodiscard]] const TextMask* mask() const { return mask_ ? &*mask_ : nullptr; }

  // For pass.h. A pass goes through all batches from `first_batch` on; the batches before it have
  // been seen, or this is the first pass and `first_batch` is 0.
  void begin_pass(std::size_t first_batch = 0);
  // The next batch, announced only: in order, from one thread at a time. Throws Cancelled if the
  // run is to stop; Error{kInputChanged} if an input is no longer what it was.
  bool announce(RecordBatch& batch);
  // Brings in the bytes of an announced batch, and gives its row. Safe to call from several
  // threads, each with a batch of its own. Throws Error{kInputChanged}.
  [[nodiscard]] BatchRow load(RecordBatch& batch);
  // The row of a batch of a later pass.
  [[nodiscard]] const BatchRow& row(std::size_t batch) const { return batches_[batch]; }
  [[nodiscard]] virtual std::unique_ptr<BatchParser> make_parser() const = 0;
  // To be called for each batch in order, once it has been worked on: counts its documents and
  // faults unless they were counted before. Throws Error{kTooManyFaults} with --on-bad stop, or if
  // most of the first thousand records were faults: the input is not what it was taken for.
  void take_batch(std::size_t batch, const BatchRow& row, std::uint64_t documents,
                  const std::vector<RecordFault>& faults);
  // To be called when all batches of the first pass have been taken: throws as check_found does for
  // all inputs, and where no record has a field that was asked for; Error{kCannotRead} if the
  // system could read none of them to its end.
  void end_pass();
  // Whether the pass under way is the first, in which batches have not been seen before.
  [[nodiscard]] bool is_first_pass() const { return !is_again_; }
  // Tells how far the pass is, after `bytes` of text and `documents`.
  void report(std::string_view stage, std::uint64_t bytes, std::uint64_t documents) const;

  // For a run that goes on with what an earlier one left, which has read `batches` (all there are
  // if `is_all`) and counted their faults by take_faults(): makes sure that they are what they
  // were, and leaves the reader where begin_pass(batches.size()) goes on. Throws
  // Error{kInputChanged}.
  void resume(std::span<const BatchRow> batches, bool is_all);
  void take_faults(std::size_t batch, std::uint64_t documents,
                   const std::vector<RecordFault>& faults);

 protected:
  // Counts a fault and hands it on.
  void take_fault(const RecordFault& fault);

  // The next batch of the first pass.
  virtual bool read_next(RecordBatch& batch) = 0;
  // What of the first pass need not be done in order: makes a batch that was read complete.
  virtual void finish_first(RecordBatch& /*batch*/) {}
  // How far the first pass is, in bytes as they are stored. Safe to ask from any thread.
  [[nodiscard]] virtual std::uint64_t stored_bytes_read() const = 0;
  [[nodiscard]] virtual BatchRow make_row(const RecordBatch& batch) const = 0;
  // What of a later pass has to be done in order.
  virtual void announce_again(const BatchRow& row, RecordBatch& batch) = 0;
  virtual void load_again(const BatchRow& row, RecordBatch& batch) const = 0;
  // How many inputs the system could not read to their end, once the first pass is through.
  [[nodiscard]] virtual std::size_t failed_inputs() const { return 0; }
  // "fields there: doc_id, content; try --text-field content", or empty where nothing can be said.
  [[nodiscard]] virtual std::string describe_fields(std::size_t /*first*/,
                                                    std::size_t /*end*/) const {
    return {};
  }
  // How many of `documents`, those of the first pass, have that field; none if it is not known.
  // Plain texts count, which have no fields to miss.
  [[nodiscard]] virtual std::optional<std::uint64_t> with_field(RecordField /*field*/,
                                                                std::uint64_t /*documents*/) const {
    return std::nullopt;
  }
  [[nodiscard]] virtual std::uint64_t plain_texts() const { return 0; }
  // At the end of each later pass. Throws Error{kInputChanged}.
  virtual void check_end() const = 0;

  std::vector<Input> inputs_;
  std::uint32_t old_inputs_ = 0;
  FilesLeftOut left_out_;

 private:
  [[nodiscard]] std::string path_of(const RecordFault& fault) const;
  void check_share_of_faults();
  // Throws Error{kTooManyFaults} if the inputs from number `first` up to `end` held bytes or had
  // faults and gave no document: whoever takes nothing for a result loses an earlier one. The
  // message names the fields that the first records do have. Inputs that are empty are in order.
  void check_found(std::size_t first, std::size_t end) const;
  void check_asked_fields() const;
  void check_sites() const;

  const CorpusOptions& options_;
  const RunControl& control_;
  std::optional<TextMask> mask_;

  std::vector<BatchRow> batches_;  // seen so far, in order
  bool is_complete_ = false;       // these are all
  bool is_found_checked_ = false;
  std::uint64_t text_bytes_ = 0;
  std::uint64_t recoded_lines_ = 0;
  std::vector<std::uint64_t> documents_by_input_;  // shorter where the last ones have none
  // The pass under way.
  bool is_again_ = false;
  std::size_t next_ = 0;

  FaultCounts faults_;
  std::size_t batches_judged_ = 0;
  std::uint64_t documents_judged_ = 0;
  bool share_checked_ = false;
};

// The corpus that `options` name. `default_memory` is what the run may hold where they do not say.
// Throws Error{kCannotOpen} if no input is left, or no old one where some are named; Cancelled, as
// reading does, when it has to wait for a pipe and the run is asked to stop.
[[nodiscard]] std::unique_ptr<CorpusReader> open_corpus(
    const CorpusOptions& options, const RunControl& control,
    std::uint64_t default_memory = std::uint64_t{1} << 30);

}  // namespace copydesk
