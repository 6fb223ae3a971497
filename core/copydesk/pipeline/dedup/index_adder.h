#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What dedup --index --add, and index add, leave in the index: all documents of the corpus, those that
// were removed with the reason. They are there once publish() returns, and not before.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "copydesk/decide/keep_policy.h"
#include "copydesk/index/index_folder.h"
#include "copydesk/pipeline/dedup/decisions.h"
#include "copydesk/pipeline/dedup/index_contents.h"
#include "copydesk/pipeline/dedup/index_side.h"
#include "copydesk/pipeline/dedup/near_duplicate_run.h"

namespace copydesk {

class IndexAdder {
 public:
  // Nobody else may write from here on. Throws as IndexWriter does.
  explicit IndexAdder(const std::string& path) : writer_(path) {}

  // Whether the scan is to make sets: the first of equal texts is the one that goes on to the index then.
  [[nodiscard]] bool takes_sets(const KeepPolicy& keep) const {
    return writer_.manifest().parameters.keeps_sets() && keep.rule == KeepRule::kFirst;
  }
  // As IndexContents has it. Throws Error{kCannotWrite}, {kLimitExceeded}.
  void put_set(const CorpusTable& table, std::uint32_t document, std::string_view set);
  [[nodiscard]] bool read_sets(const std::vector<bool>& wanted, std::uint32_t end, std::size_t threads,
                               StopFlag stop, ShingleSetStore& sets) const {
    return contents_ && contents_->read_sets(wanted, end, threads, stop, sets);
  }

  // Writes the corpus as a segment, and reads it once more if something is missing. Throws
  // Error{kCannotWrite}, {kLimitExceeded}, and as a later pass does.
  void write(NearDuplicateRun& run, const IndexSide& side, const DedupVerdict& verdict);
  void publish() {
    if (segment_) writer_.publish(next_);
  }
  // Behind it: where the index has many segments, the last ones become one (segment_merger.h). What was
  // added is there whatever happens: if this fails or is stopped, they stay as they are, and a note says why.
  void merge(const RunControl& control);
  [[nodiscard]] std::size_t segments() const { return writer_.manifest().segments.size(); }
  [[nodiscard]] std::size_t merged() const { return merged_; }  // segments that became one

 private:
  void open();  // the segment, once
  void write_rows(NearDuplicateRun& run, const IndexSide& side, const DedupVerdict& verdict);

  IndexWriter writer_;
  IndexManifest next_;
  std::uint64_t number_ = 0;  // of the segment
  std::optional<SegmentWriter> segment_;
  std::optional<IndexContents> contents_;
  std::size_t merged_ = 0;
};

}  // namespace copydesk
