// SPDX-License-Identifier: Apache-2.0
//
// Bytes as an archive of pages, a table or JSON values. Whatever they are, whole lines come out,
// the same for any size of reads; every fault has a reason and a place.
#include <memory>
#include <string>
#include <utility>

#include "copydesk/read/converted_source.h"
#include "property.h"
#include "read/converted_lines.h"
#include "stream/decoded.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

std::string convert(std::string_view bytes, ConvertedFormat format, std::size_t most,
                    const ConversionOptions& options) {
  auto source =
      decode_stream(std::make_unique<tests::MemorySource>(std::string(bytes), most), "input", {});
  if (source->compression() != Compression::kNone) return {};  // that is for fuzz_archive
  const bool is_decoded = !options.encoding.empty();
  if (is_decoded) source = make_decoded_source(std::move(source), options);
  const tests::ConvertedLines converted = tests::convert_lines(std::move(source), format, options);
  std::string out = converted.lines;
  require(out.empty() || out.back() == '\n', "only whole lines come out");
  for (const RecordFault& fault : converted.faults) {
    require(!fault.reason.empty(), "a fault has a reason");
    require(fault.bytes.size() <= RecordFault::kMaxBytes, "a fault shows only a beginning");
    require(is_decoded || fault.origin.offset <= bytes.size(), "a fault has its place");
    out += fault.reason;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr ConvertedFormat kFormats[] = {ConvertedFormat::kWarc, ConvertedFormat::kCsv,
                                                 ConvertedFormat::kTsv,  ConvertedFormat::kJson,
                                                 ConvertedFormat::kHtml, ConvertedFormat::kLines,
                                                 ConvertedFormat::kWiki};
  static constexpr std::size_t kRecords[] = {1U << 20, 8, 300};
  static constexpr std::size_t kReads[] = {1, 5, 100};
  Choices choices(data, size);
  const ConvertedFormat format = kFormats[choices.next(std::size(kFormats))];
  ConversionOptions options;
  options.max_record_bytes = kRecords[choices.next(std::size(kRecords))];
  const std::size_t most = kReads[choices.next(std::size(kReads))];
  static constexpr const char* kEncodings[] = {"", "auto", "utf-16le", "shift_jis", "utf-8"};
  if (most == 100) options.encoding = kEncodings[choices.next(std::size(kEncodings))];
  require(convert(choices.rest(), format, SIZE_MAX, options) ==
              convert(choices.rest(), format, most, options),
          "lines do not depend on the sizes of reads");
  return 0;
}
