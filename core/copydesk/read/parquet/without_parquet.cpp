// SPDX-License-Identifier: Apache-2.0
//
// For a copydesk that was built without Parquet.
#include <string>

#include "copydesk/error.h"
#include "copydesk/read/parquet/parquet_file.h"

namespace copydesk {

namespace {

[[noreturn]] void fail(const std::string& path) {
  throw Error(ErrorCode::kCannotOpen,
              "is a Parquet file, which this copydesk was built without: build it with cargo and "
              "rustc 1.88 or newer (Debian: cargo-web and rustc-web), or write JSON Lines first",
              path);
}

}  // namespace

bool has_parquet() {
  return false;
}

struct ParquetBatches::State {};

ParquetBatches::ParquetBatches(const Input& input, std::uint32_t, const BatchReaderOptions&,
                               const FieldNames&, bool) {
  fail(input.path);
}

ParquetBatches::~ParquetBatches() = default;

bool ParquetBatches::next(RecordBatch&) {
  return false;
}

std::uint64_t ParquetBatches::raw_bytes() const {
  return 0;
}

bool ParquetBatches::read_failed() const {
  return false;
}

struct ParquetCopier::State {};

ParquetCopier::ParquetCopier(Write) {}

ParquetCopier::~ParquetCopier() = default;

void ParquetCopier::add(const Input& input, std::span<const std::uint64_t>) {
  fail(input.path);
}

void ParquetCopier::finish() {}

}  // namespace copydesk
