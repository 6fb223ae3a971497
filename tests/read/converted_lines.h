#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// All lines that a source is converted to, in whichever way that is done.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/read/converted_source.h"
#include "copydesk/read/raw_batches.h"
#include "copydesk/read/record_converter.h"

namespace copydesk::tests {

struct ConvertedLines {
  std::string lines;
  std::vector<RecordFault> faults;
};

inline ConvertedLines convert_by_batches(ByteSource& source, ConvertedFormat format,
                                         const ConversionOptions& conversion,
                                         std::size_t batch_bytes) {
  BatchReaderOptions options;
  options.batch_bytes = batch_bytes;
  options.max_record_bytes = conversion.max_record_bytes;
  RawBatches batches(source, 0, "input", format, options);
  RecordConverter converter(conversion);
  ConvertedLines converted;
  RecordBatch batch;
  while (batches.next(batch)) {
    converter.convert(batch);
    converted.lines += batch.text();
    for (RecordFault& fault : batch.faults) converted.faults.push_back(std::move(fault));
  }
  return converted;
}

inline ConvertedLines convert_lines(std::unique_ptr<ByteSource> source, ConvertedFormat format,
                                    const ConversionOptions& conversion,
                                    std::size_t batch_bytes = 1000) {
  if (format == ConvertedFormat::kHtml || format == ConvertedFormat::kWarc) {
    return convert_by_batches(*source, format, conversion, batch_bytes);
  }
  ConvertedLines converted;
  const auto lines = make_converted_source(std::move(source), format, conversion);
  char buffer[777];
  while (const std::size_t count = lines->read(buffer)) converted.lines.append(buffer, count);
  converted.faults = lines->take_faults();
  return converted;
}

}  // namespace copydesk::tests
