#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents and faults copied out of the batches they came from.

#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/batch_reader.h"
#include "copydesk/read/record_parser.h"

namespace copydesk::tests {

struct Record {
  std::string id, title, url, time, site, text, record;
  Origin origin;
  bool has_id = false;
};

struct Collected {
  std::vector<Record> records;
  std::vector<RecordFault> faults;
  RecordParser::Counts counts;

  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const Record& record : records) all.push_back(record.text);
    return all;
  }
  [[nodiscard]] std::vector<std::string> reasons() const {
    std::vector<std::string> all;
    for (const RecordFault& fault : faults) all.push_back(fault.reason);
    return all;
  }

  void parse(RecordParser& parser, const RecordBatch& batch) {
    const RecordParser::Counts more = parser.parse(
        batch,
        {[this](const Document& document) {
           records.push_back({std::string(document.id), std::string(document.title),
                              std::string(document.url), std::string(document.time),
                              std::string(document.site), std::string(document.text),
                              std::string(document.record), document.origin, document.has_id});
         },
         [this](RecordFault&& fault) { faults.push_back(std::move(fault)); }});
    counts.documents += more.documents;
    counts.faults += more.faults;
  }
};

// A padded batch of JSON Lines at the start of a source.
inline RecordBatch batch_of(std::string_view lines) {
  RecordBatch batch;
  batch.bytes = lines;
  batch.pad();
  return batch;
}

inline Collected parse_lines(std::string_view lines, FieldNames fields = {}) {
  RecordParser parser(std::move(fields));
  Collected collected;
  collected.parse(parser, batch_of(lines));
  return collected;
}

inline Collected read_all(std::vector<Input> inputs, const BatchReaderOptions& options = {}) {
  BatchReader reader(std::move(inputs), options);
  RecordParser parser(FieldNames{});
  Collected collected;
  RecordBatch batch;
  while (reader.next(batch)) collected.parse(parser, batch);
  return collected;
}

}  // namespace copydesk::tests
