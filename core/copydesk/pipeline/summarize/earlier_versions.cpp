// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/summarize/earlier_versions.h"

#include <fmt/format.h>

#include <utility>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/error.h"

namespace copydesk {

namespace {

constexpr std::uint64_t kBytesPerText = 128;  // of the table they are found in

}  // namespace

EarlierVersions::EarlierVersions(const std::string& path, const CorpusOptions& options,
                                 const RunControl& control) {
  CorpusOptions earlier = options;
  earlier.inputs = {path};
  CorpusReader reader(earlier, control);
  RecordParser parser(earlier.fields);
  const std::uint64_t most =
      options.memory_bytes == 0 ? std::uint64_t{1} << 30 : options.memory_bytes;
  std::uint64_t bytes = 0, records = 0;
  bool has_id = false;
  RecordBatch batch;
  while (reader.next(batch)) {
    control.check_stop();
    parser.parse(batch, {[&](const Document& document) {
                           ++records;
                           has_id |= document.has_id && batch.format != InputFormat::kText;
                           std::string id(document.id);
                           if (!document.has_id) {
                             id = fmt::format("{}:{}", batch.source_name, document.origin.line);
                           }
                           bytes += id.size() + document.text.size() + kBytesPerText;
                           texts_.insert_or_assign(std::move(id), std::string(document.text));
                         },
                         [&](RecordFault&& fault) { reader.take_fault(fault); }});
    if (bytes > most) {
      throw Error(ErrorCode::kLimitExceeded,
                  "the earlier versions do not fit the memory of the run: raise --memory", path);
    }
  }
  faults_ = reader.faults().total;
  if (records == 1 && !has_id) only_ = texts_.begin()->second;
}

std::string_view EarlierVersions::text_of(const std::string& id) const {
  if (!only_.empty()) return only_;
  const auto found = texts_.find(id);
  return found == texts_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace copydesk
