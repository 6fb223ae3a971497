#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Several passes over one corpus. The first finds the inputs, keeps a copy of standard input and
// other pipes, counts and reports faults; later ones see the same blocks or end the run with
// Error{kInputChanged}.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "copydesk/pipeline/corpus_options.h"
#include "copydesk/pipeline/corpus_table.h"
#include "copydesk/pipeline/run_control.h"
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
  // Expands folders and keeps a copy of standard input and other pipes in the work folder.
  // Throws Error{kCannotOpen} if no input is left; Cancelled, as reading does, when it has to wait
  // for a pipe and the run is asked to stop.
  CorpusReader(const CorpusOptions& options, const RunControl& control);

  // Throws Error{kInvalidOption} if one of `outputs` (or of the options' other outputs) is an input
  // too, by whatever name. "-" and empty names are ignored.
  void check_outputs(std::vector<std::string> outputs) const;

  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }
  [[nodiscard]] const FaultCounts& faults() const { return faults_; }

  // The next block of the first pass. Its faults, and those the parser finds in it, are the caller's
  // to hand to take_fault in order.
  bool next(RecordBlock& block);

  // Counts a fault, hands it on, and applies --on-bad.
  // Throws Error{kTooManyFaults} with --on-bad stop.
  void take_fault(const RecordFault& fault);

  // Throws Error{kTooManyFaults} if most of the first thousand records were faults: the input is not
  // what it was taken for. Call after each block.
  void check_share_of_faults(std::uint64_t documents);

  // Starts another pass.
  void restart();
  // The next block of a later pass. Throws Error{kInputChanged} if it is not the one `table` lists.
  bool next_again(const CorpusTable& table, RecordBlock& block);

 private:
  void spool(std::vector<RecordFault>& faults);
  std::unique_ptr<BlockReader> open() const;
  std::string path_of(const RecordFault& fault) const;

  const CorpusOptions& options_;
  const RunControl& control_;
  std::map<std::string, SpoolFile> spools_;  // by path
  std::vector<Input> inputs_;
  std::unique_ptr<BlockReader> reader_;
  FaultCounts faults_;
  std::size_t blocks_passed_ = 0;
  bool share_checked_ = false;
};

// What blocks are recognised by.
[[nodiscard]] std::uint64_t block_checksum(const RecordBlock& block);

}  // namespace copydesk
