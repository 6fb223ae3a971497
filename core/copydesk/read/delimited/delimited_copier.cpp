// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/delimited/delimited_copier.h"

#include <memory>
#include <utility>

#include "copydesk/ascii.h"
#include "copydesk/error.h"
#include "copydesk/read/delimited/delimited_rows.h"
#include "copydesk/read/open_input.h"

namespace copydesk {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

ConvertedFormat format_by_name(std::string_view path) {
  const std::string_view name = without_compression_ending(path);
  if (ends_ignoring_case(name, ".csv")) return ConvertedFormat::kCsv;
  return ends_ignoring_case(name, ".tsv") ? ConvertedFormat::kTsv : ConvertedFormat::kNone;
}

ConversionOptions conversion_of(const BatchReaderOptions& reading) {
  ConversionOptions conversion = reading.conversion;
  conversion.max_record_bytes = reading.max_record_bytes;
  conversion.recoded_lines = nullptr;  // they were counted when the records were read
  return conversion;
}

std::unique_ptr<ByteSource> open(const Input& input, const BatchReaderOptions& reading) {
  std::unique_ptr<ByteSource> source = open_input(input, reading.source);
  if (reading.conversion.encoding.empty()) return source;
  return make_decoded_source(std::move(source), conversion_of(reading));
}

}  // namespace

bool is_delimited_name(std::string_view path) {
  return format_by_name(path) != ConvertedFormat::kNone;
}

ConvertedFormat delimited_format(const Input& input) {
  if (input.format == InputFormat::kAuto) return format_by_name(input.path);
  const ConvertedFormat format = converted_format(input.format);
  const bool is_delimited = format == ConvertedFormat::kCsv || format == ConvertedFormat::kTsv;
  return is_delimited ? format : ConvertedFormat::kNone;
}

std::string delimited_head(const Input& input, const BatchReaderOptions& reading) {
  try {
    return read_delimited_head(open(input, reading), delimited_format(input),
                               conversion_of(reading));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kCannotOpen || error.code() == ErrorCode::kCannotRead) return {};
    throw;
  }
}

bool copy_delimited(const Input& input, const BatchReaderOptions& reading,
                    const std::vector<std::uint64_t>& kept, bool with_head,
                    const std::function<void(std::string_view)>& write) {
  const auto rows = make_kept_rows_source(open(input, reading), delimited_format(input),
                                          conversion_of(reading), kept, with_head);
  std::string buffer(kBufferBytes, '\0');
  bool wrote = false;
  while (const std::size_t count = rows->read(buffer)) {
    write(std::string_view(buffer).substr(0, count));
    wrote = true;
  }
  return wrote;
}

}  // namespace copydesk
