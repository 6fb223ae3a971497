#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Inputs whose kept records are copied as they stand, tables (Parquet, CSV, TSV) and archives (WARC,
// ARC): with an output that is such a file, or with shards, each of which is what its input is.
// Which records stay is known by their numbers, of archives by their ids; the files are read once
// more to copy them, with all columns, whatever was asked for before.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/read/parquet/parquet_file.h"
#include "copydesk/read/warc/warc_copier.h"
#include "copydesk/run/copied_kind.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

// Not thread-safe, but for is_copied().
class CopiedOutputs {
 public:
  // Throws Error{kInvalidOption} if the output is to be such a file and one of the inputs is none of
  // its kind, or, of CSV and TSV, one has other columns or delimiters than those before it.
  static void check(const std::string& output_path, std::span<const Input> inputs,
                    std::size_t first, const BatchReaderOptions& reading);
  // Whether nobody needs whole records of a table in Parquet, because its rows are copied, if they
  // go anywhere.
  [[nodiscard]] static bool needs_only_fields(const std::string& output_path);

  // Of the inputs from number `first` on; `output_path` is that of the main output. Keeps
  // references.
  CopiedOutputs(OutputSet& outputs, std::span<const Input> inputs, std::size_t first,
                const std::string& output_path, const BatchReaderOptions& reading);

  // Whether the records of an input are copied here.
  [[nodiscard]] bool is_copied(std::size_t source) const {
    return kinds_[source] != CopiedKind::kNone;
  }
  // Whether all of them are.
  [[nodiscard]] bool are_all() const;
  [[nodiscard]] bool has_archives() const;

  // A record of an input that is copied: its number, from 0, its id, if it has one, and whether it
  // stays. Of archives, what has no id, or that of a record that stays, cannot be told apart from
  // what stays.
  void add(std::size_t source, std::uint64_t number, std::string_view id, bool stays);
  // Writes those of the inputs before `source`, of which nothing more is to come. Throws as
  // ParquetCopier, copy_delimited() and copy_archive() do, and Cancelled.
  void write_before(std::size_t source, const RunControl& control);
  // Writes all others, and ends the output.
  void finish(const RunControl& control);

  // After finish(), of all archives.
  [[nodiscard]] const CopiedRecords& archive_records() const { return records_; }

 private:
  // What is known of an input that is not written yet.
  struct Choice {
    std::vector<std::uint64_t> kept;  // a bit for each record
    std::unordered_set<std::string> dropped_ids, kept_ids;
  };
  using Write = std::function<void(std::string_view)>;

  void write_one(std::size_t source, const Write& write);
  void copy_rows(std::size_t source, const Write& write);
  void copy_records(std::size_t source, const Write& write);

  OutputSet& outputs_;
  std::span<const Input> inputs_;
  const BatchReaderOptions& reading_;
  std::string output_path_;
  bool in_shards_;                       // each goes to its own; else all to one output
  std::vector<CopiedKind> kinds_;        // by input; kNone for what is not copied
  std::size_t next_;                     // the first that has not been written
  std::vector<Choice> choices_;          // by input
  std::unique_ptr<ParquetCopier> copier_;  // of the one output, or the shard
  bool has_head_ = false;                // of the one output
  CopiedRecords records_;
};

}  // namespace copydesk
