#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// All outputs of a run as one: checked before anything is read, opened before the work begins, and
// given their final names together when it has succeeded.
//
//   OutputSet outputs({{"--output", "kept.jsonl"}, {"--decisions", "why.jsonl"}});
//   outputs.refuse_inputs(reader.inputs());
//   outputs.open();
//   outputs.sink("--output")->write("...");
//   outputs.commit();
//
// With {"--output", "a"} and {"--decisions", "./a"} the first line throws: one of the two would be
// lost.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/run/shard_folder.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

// One output: the option that asks for it and where it goes. "-" is standard output, an empty path
// means that it is not wanted.
struct WantedOutput {
  std::string option;
  std::string path;
  // Names like a.parquet, a.csv and a.warc.gz are in order: whoever writes it copies records as they
  // stand (CopiedOutputs), and shards stay what they are.
  bool may_be_copied = false;
};

// Not thread-safe.
class OutputSet {
 public:
  // `outputs` are those of the run; the first is the main one and takes its final name last.
  // `written_elsewhere` are files that the caller writes itself and that must be none of them.
  // Throws Error{kInvalidOption} if two of all these are one file, whatever their names: ./a and a,
  // links, hard links, "-" and /dev/stdout or the file that standard output was directed to. Only
  // /dev/null may be named more than once. Throws Error{kCannotWrite} if the folder of one does not
  // exist. Opens nothing.
  // With a `shard_folder`, records go to a ShardFolder there, and the main output is to have no
  // path. Throws Error{kInvalidOption} if a name ends as those of a format or compression that is
  // not written do (.csv, .parquet, .xz ...).
  explicit OutputSet(std::vector<WantedOutput> outputs,
                     std::span<const WantedOutput> written_elsewhere = {},
                     const std::string& shard_folder = {});
  ~OutputSet();
  OutputSet(const OutputSet&) = delete;
  OutputSet& operator=(const OutputSet&) = delete;

  // Throws Error{kInvalidOption} if one of the outputs, or of those written elsewhere, is one of
  // `inputs`, by whatever name. Standard input that comes from a file is such an input.
  void refuse_inputs(std::span<const Input> inputs) const;
  // For shards, before open(): the inputs from number `first` on get their names, see ShardFolder.
  void name_shards(std::span<const Input> inputs, std::size_t first = 0);

  // Opens what is wanted. Throws as open_byte_sink does. Without commit() before it, the destructor
  // leaves every file as it was.
  void open();

  // Null if that output is not wanted. REQUIRES: open() was called, `option` is one of the set.
  [[nodiscard]] ByteSink* sink(std::string_view option) const;

  // Whether the records of the main output are wanted.
  [[nodiscard]] bool wants_records() const;
  // Where records of input `source` go: the main output, or the shard of that input, in which case
  // sources must ascend. Null where they are not wanted.
  [[nodiscard]] ByteSink* record_sink(std::uint32_t source) const;
  // What the shard of an input is called; empty where there are none.
  [[nodiscard]] const std::string& shard_name(std::uint32_t source) const;
  // Writes some of input `source` to the main output, or to the shard of that input, in which case
  // sources must ascend; does nothing where they are not wanted.
  void write_records(std::uint32_t source, std::string_view records);

  // None takes its final name before all are complete. Where the reader of standard output has gone
  // the others are committed all the same before ClosedPipe is thrown. Throws Error{kCannotWrite};
  // if some have their new names by then, the message says which have and which are as before.
  void commit();

  // In the order given, empty ones included; a folder of shards stands for the main output.
  [[nodiscard]] std::vector<std::string> paths() const;
  // Adds "--output": "kept.jsonl" and so on for those that are wanted.
  void describe(ReportSection& section) const;

 private:
  struct Output {
    WantedOutput wanted;
    std::unique_ptr<ByteSink> sink;
  };

  // " (new: a, b; as before: c)".
  [[nodiscard]] std::string state_of_names() const;

  std::vector<Output> outputs_;
  std::string shard_folder_;
  std::unique_ptr<ShardFolder> shards_;
  std::vector<WantedOutput> elsewhere_;
};

}  // namespace copydesk
