// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/summarize/earlier_versions.h"

#include <memory>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/error.h"
#include "copydesk/run/memory_budget.h"

namespace copydesk {

namespace {

constexpr std::uint64_t kBytesPerText = 128;  // of the table they are found in

struct BatchVersions {
  std::vector<std::pair<std::string, std::string>> texts;  // by name
  bool has_id = false;

  void clear() { texts.clear(), has_id = false; }
};

void collect_version(const ReadDocument& read, BatchVersions& out) {
  out.has_id |= read.document.has_id && read.batch.format != InputFormat::kText;
  out.texts.emplace_back(read.name(), read.text);
}

}  // namespace

EarlierVersions::EarlierVersions(const std::string& path, const CorpusOptions& options,
                                 const RunControl& control) {
  CorpusOptions earlier = options;
  earlier.inputs = {path};
  earlier.documents = nullptr;
  const std::unique_ptr<CorpusReader> reader = open_corpus(earlier, control);
  const std::uint64_t most =
      memory_for(MemoryPlan::kSummaries, "texts", summary_memory(options));
  std::uint64_t bytes = 0, records = 0;
  bool has_id = false;
  first_pass<BatchVersions>(
      *reader, "earlier versions", [](std::size_t) { return collect_version; },
      [&](ReadBatch<BatchVersions>& batch) {
        records += batch.documents;
        has_id |= batch.found.has_id;
        for (auto& [id, text] : batch.found.texts) {
          bytes += id.size() + text.size() + kBytesPerText;
          texts_.insert_or_assign(std::move(id), std::move(text));
        }
        if (bytes > most) {
          throw Error(ErrorCode::kLimitExceeded,
                      "the earlier versions do not fit the memory of the run: raise --memory",
                      path);
        }
      });
  faults_ = reader->faults().total;
  if (records == 1 && !has_id) only_ = texts_.begin()->second;
}

std::string_view EarlierVersions::text_of(const std::string& id) const {
  if (!only_.empty()) return only_;
  const auto found = texts_.find(id);
  return found == texts_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace copydesk
