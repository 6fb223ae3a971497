#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What dedup --index --add, and index add, leave in the index: all documents of the corpus, those that
// were removed with the reason. They are there once publish() returns, and not before.

#include <cstdint>
#include <string>

#include "copydesk/index/index_folder.h"
#include "copydesk/pipeline/dedup/decisions.h"
#include "copydesk/pipeline/dedup/index_side.h"
#include "copydesk/pipeline/dedup/near_duplicate_run.h"

namespace copydesk {

class IndexAdder {
 public:
  // Nobody else may write from here on. Throws as IndexWriter does.
  explicit IndexAdder(const std::string& path) : writer_(path) {}

  // Reads the corpus once more, and writes it as a segment. Throws Error{kCannotWrite},
  // {kLimitExceeded}, and as a later pass does.
  void write(NearDuplicateRun& run, const IndexSide& side, const DedupVerdict& verdict);
  void publish() {
    if (!next_.segments.empty()) writer_.publish(next_);
  }
  // Behind it: where the index has many segments, the last ones become one (segment_merger.h). What was
  // added is there whatever happens: if this fails or is stopped, they stay as they are, and a note says why.
  void merge(const RunControl& control);
  [[nodiscard]] std::size_t segments() const { return writer_.manifest().segments.size(); }
  [[nodiscard]] std::size_t merged() const { return merged_; }  // segments that became one

 private:
  IndexWriter writer_;
  IndexManifest next_;
  std::size_t merged_ = 0;
};

}  // namespace copydesk
