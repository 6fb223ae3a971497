#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Tables in Parquet: their rows as batches, and copies of them without some rows. Where copydesk
// was built without Parquet, both throw.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/read/batch_reader.h"

namespace copydesk {

// Whether this copydesk was built with Parquet.
[[nodiscard]] bool has_parquet();

// Whether a name ends in .parquet, in whatever case.
[[nodiscard]] bool is_parquet_name(std::string_view path);
// Whether an input is a table by its name or by what it was said to be; others may be by their
// bytes.
[[nodiscard]] bool is_parquet_input(const Input& input);
// Whether bytes begin as those of a Parquet file do.
[[nodiscard]] bool begins_parquet(std::string_view begin);

// The rows of one input, as lines of JSON (InputFormat::kParquet) or as fields
// (InputFormat::kRows). Not thread-safe.
class ParquetBatches {
 public:
  // `only_fields`: nobody asks for whole records. A file that is broken is a fault of the first
  // batch. Throws Error{kCannotOpen}; Error{kInvalidOption} where copydesk was built without.
  ParquetBatches(const Input& input, std::uint32_t source, const BatchReaderOptions& options,
                 const FieldNames& fields, bool only_fields);
  ~ParquetBatches();

  // As BatchReader::next, but for sequence.
  bool next(RecordBatch& batch);
  // Of the file, as far as it has been gone through.
  [[nodiscard]] std::uint64_t raw_bytes() const;
  // Whether the system could not read it.
  [[nodiscard]] bool read_failed() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Files without some of their rows, as one file. Row groups stay row groups; columns, their types,
// how they are compressed, and what the first file says of itself stay what they are.
class ParquetCopier {
 public:
  using Write = std::function<void(std::string_view bytes)>;

  // Throws Error{kInvalidOption} where copydesk was built without Parquet.
  explicit ParquetCopier(Write write);
  ~ParquetCopier();

  // Bit 0 of kept[0] is for the first row; rows beyond its end are left out. Throws
  // Error{kCannotOpen}, {kCannotRead}, {kInvalidOption} if the columns are not those of the files
  // before, and what `write` throws.
  void add(const Input& input, std::span<const std::uint64_t> kept);
  // To be called once, after the last file. Throws what `write` throws.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk
