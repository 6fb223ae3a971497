// SPDX-License-Identifier: Apache-2.0
//
// Tables in Parquet: any bytes are read, as records and as fields, and copied without a row in
// three. Nothing crashes; rows are in order; what can be copied whole gives what was read of it.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/parquet/parquet_file.h"
#include "copydesk/read/record_parser.h"
#include "property.h"
#include "temporary_folder.h"

using namespace copydesk;
using copydesk::fuzz::require;

namespace {

struct Found {
  std::size_t documents = 0, faults = 0;
};

Found read(const std::string& path, bool only_fields) {
  BatchReaderOptions options;
  options.batch_bytes = 4096;
  options.max_record_bytes = 1 << 20;
  options.conversion.only_fields = only_fields;
  BatchReader reader({{path}}, options);
  RecordParser parser(FieldNames{});
  RecordBatch batch;
  Found found;
  std::uint64_t line = 0;
  while (reader.next(batch)) {
    require(batch.first_line > line, "rows ascend");
    line = batch.first_line;
    parser.parse(batch, {[&](const Document& document) {
                           require(document.origin.line >= line, "documents ascend");
                           line = document.origin.line;
                           ++found.documents;
                         },
                         [&](RecordFault&&) { ++found.faults; }});
    // What a file says of its rows may be anything; a thousand of them tell enough.
    if (found.documents + found.faults > 1000) break;
  }
  return found;
}

std::string copy(const std::string& path, std::uint64_t kept) {
  std::string bytes;
  try {
    ParquetCopier copier([&](std::string_view some) { bytes += some; });
    copier.add({path}, std::vector<std::uint64_t>{kept});
    copier.finish();
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCannotRead || error.code() == ErrorCode::kCannotWrite,
            "what cannot be copied is refused");
    return {};
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tests::TemporaryFolder folder;
  const std::string path =
      folder.write("in.parquet", std::string_view(reinterpret_cast<const char*>(data), size));
  const Found records = read(path, false);
  static_cast<void>(read(path, true));
  static_cast<void>(copy(path, 0x9249249249249249));
  const std::string all = copy(path, ~std::uint64_t{0});
  if (!all.empty() && records.faults == 0 && records.documents <= 64) {
    const Found again = read(folder.write("copy.parquet", all), false);
    require(again.documents == records.documents, "a copy has all rows");
  }
  return 0;
}
