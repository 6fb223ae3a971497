#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Tables among the inputs whose rows stay rows: with an output that is a table, or with shards,
// each of which is what its input is. Which rows stay is known by their numbers; the files are read
// once more to copy them, all columns, whatever was asked for before.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/read/parquet/parquet_file.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

// Not thread-safe, but for is_table().
class TableOutputs {
 public:
  // Throws Error{kInvalidOption} if a table is to be made of what is none.
  static void check(const std::string& output_path, std::span<const Input> inputs,
                    std::size_t first);

  // Of the inputs from number `first` on; `output_path` is that of the main output. Keeps
  // references.
  TableOutputs(OutputSet& outputs, std::span<const Input> inputs, std::size_t first,
               const std::string& output_path);

  // Whether the records of an input are copied here.
  [[nodiscard]] bool is_table(std::size_t source) const;
  // Whether all of them are.
  [[nodiscard]] bool are_all() const;

  // A row that stays, from 0.
  void keep(std::size_t source, std::uint64_t row);
  // Writes the tables among the inputs before `source`, of which nothing more is to come. Throws as
  // ParquetCopier does, and Cancelled.
  void write_before(std::size_t source, const RunControl& control);
  // Writes all others, and ends the output.
  void finish(const RunControl& control);

 private:
  OutputSet& outputs_;
  std::span<const Input> inputs_;
  std::size_t first_;
  bool is_one_ = false;                           // all of them go to one output
  bool in_shards_ = false;                        // each goes to its own
  std::size_t next_;                              // the first that has not been written
  std::vector<std::vector<std::uint64_t>> kept_;  // by input, a bit for each row
  std::unique_ptr<ParquetCopier> copier_;         // of the one output
};

}  // namespace copydesk
