#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a segment that is being written holds of the texts of a corpus: a shingle set, a text, or both, of
// the first document with its words. Sets come while the corpus is read for its sketches, as the tokens are at
// hand then, and serve the verification, too; what is missing is made in a pass of its own.
//
// Of the texts "a", "b", "a" two sets are put, and the third document has none.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/index/segment.h"
#include "copydesk/pipeline/dedup/near_duplicate_run.h"
#include "copydesk/stop.h"
#include "copydesk/verify/shingle_set_store.h"

namespace copydesk {

class IndexContents {
 public:
  // Keeps a reference. Memory: 8 bytes for each document, 16 where both are kept, and 8 to 16 more while
  // sets are put.
  explicit IndexContents(SegmentWriter& writer) : writer_(writer) {}

  // Documents come in their order. That of an earlier one with the same tokens stands for both.
  void put_set(const CorpusTable& table, std::uint32_t document, std::string_view set);

  // Adds to `sets` those of the documents of `wanted` below `end`. False, with nothing added, if one of them
  // has none. Throws Error{kCannotRead}, Cancelled.
  [[nodiscard]] bool read_sets(const std::vector<bool>& wanted, std::uint32_t end, std::size_t threads,
                               StopFlag stop, ShingleSetStore& sets) const;

  // Makes what is still missing of documents that are first in their group: nothing is read if there is
  // nothing. Throws as a later pass does.
  void complete(NearDuplicateRun& run, const IndexParameters& parameters);

  [[nodiscard]] SegmentWriter::Places of(std::uint32_t document) const {
    return {at(sets_, document), at(texts_, document)};
  }

 private:
  static std::uint64_t at(const std::vector<std::uint64_t>& places, std::uint32_t document) {
    return document < places.size() ? places[document] : kNoStoredPlace;
  }
  // True if no earlier document has its tokens.
  [[nodiscard]] bool is_first(const CorpusTable& table, std::uint32_t document);
  void grow(const CorpusTable& table);

  SegmentWriter& writer_;
  std::vector<std::uint64_t> sets_, texts_;  // places, by document
  // Documents by their content: one behind the number, 0 where free.
  std::vector<std::uint32_t> firsts_;
  std::size_t firsts_taken_ = 0;
};

}  // namespace copydesk
