// SPDX-License-Identifier: Apache-2.0
//
// Bytes as a source of records. Whatever the sizes of reads and batches, the same records and faults
// come out, in order, at the places where they stand; what is handed on is valid UTF-8.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/read/record_parser.h"
#include "copydesk/read/source_batches.h"
#include "copydesk/read/time_value.h"
#include "copydesk/text/utf8.h"
#include "property.h"
#include "stream/decoded.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

struct Outcome {
  std::uint64_t offset = 0;
  std::uint64_t line = 0;
  std::string reason;  // of a fault; else empty
  std::string fields;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

void check_document(const Document& document, std::string_view bytes) {
  for (const std::string_view field : {document.id, document.title, document.url, document.time,
                                       document.site, document.order, document.text}) {
    require(is_valid_utf8(field), "fields are valid UTF-8");
  }
  require(document.id.size() <= RecordParser::kMaxIdBytes, "ids are limited");
  static_cast<void>(parse_time(document.time));
  static_cast<void>(parse_number_or_time(document.order));
  require(bytes.substr(document.origin.offset, document.record.size()) == document.record,
          "a record stands at its offset");
  const auto before = bytes.substr(0, document.origin.offset);
  require(document.origin.line ==
              1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')),
          "a record has the number of its line");
}

std::vector<Outcome> read(std::string_view bytes, std::size_t most, InputFormat format,
                          const BatchReaderOptions& options) {
  const auto source =
      decode_stream(std::make_unique<tests::MemorySource>(std::string(bytes), most), "input",
                    options.source);
  if (source->compression() != Compression::kNone) return {};  // that is for fuzz_archive
  SourceBatches batches(*source, 0, "input", format, options);
  FieldNames names;
  names.title = "meta.title";
  names.order = "a.b.c";
  RecordParser parser(names);
  std::vector<Outcome> outcomes;
  RecordBatch batch;
  while (batches.next(batch)) {
    parser.parse(batch, {[&](const Document& document) {
                           check_document(document, bytes);
                           Outcome outcome{document.origin.offset, document.origin.line, {}, {}};
                           for (const std::string_view field :
                                {document.id, document.title, document.url, document.time,
                                 document.site, document.order, document.text}) {
                             outcome.fields.append(field).push_back('\0');
                           }
                           outcomes.push_back(std::move(outcome));
                         },
                         [&](RecordFault&& fault) {
                           require(!fault.reason.empty(), "a fault has a reason");
                           require(fault.bytes.size() <= RecordFault::kMaxBytes,
                                   "a fault shows only the beginning of its record");
                           outcomes.push_back({fault.origin.offset, fault.origin.line,
                                               std::move(fault.reason), std::move(fault.bytes)});
                         }});
  }
  return outcomes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr InputFormat kFormats[] = {InputFormat::kJsonLines, InputFormat::kAuto,
                                             InputFormat::kText};
  static constexpr std::size_t kBatches[] = {512, 1, 7, 64, 1U << 16};
  static constexpr std::size_t kRecords[] = {1U << 20, 8, 64, 300};
  static constexpr std::size_t kReads[] = {SIZE_MAX, 1, 5, 100};
  Choices choices(data, size);
  const InputFormat format = kFormats[choices.next(std::size(kFormats))];
  BatchReaderOptions options;
  options.batch_bytes = 1U << 20;
  options.max_record_bytes = kRecords[choices.next(std::size(kRecords))];
  const std::size_t batch_bytes = kBatches[choices.next(std::size(kBatches))];
  const std::size_t most = kReads[choices.next(std::size(kReads))];
  const std::vector<Outcome> whole = read(choices.rest(), SIZE_MAX, format, options);
  options.batch_bytes = batch_bytes;
  require(read(choices.rest(), most, format, options) == whole,
          "records do not depend on the sizes of reads and batches");
  return 0;
}
