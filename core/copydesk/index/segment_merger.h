#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Segments that follow each other become one, without what was taken out; and which of them should,
// so that an index of many additions has few.

#include <cstddef>
#include <cstdint>
#include <span>

#include "copydesk/index/index_folder.h"
#include "copydesk/index/index_reader.h"
#include "copydesk/stop.h"

namespace copydesk {

// An index has at most so many segments, unless each is larger than all behind it.
inline constexpr std::size_t kSegmentsUnmerged = 16;

// Of more than kSegmentsUnmerged segments, from which one on they are to become one: the first that
// is no larger than all behind it together. {99, 1, 1, 1, ..., 1} of 17 gives 1. Nothing to do: the
// number of segments. A document is so copied about log2(n / 16) times in n equal additions.
[[nodiscard]] std::size_t first_to_merge(std::span<const SegmentEntry> segments);

// Writes the segments from `first` on as one, and says so in `next`, which is to be published.
// `index` is what `writer` has. Memory: 4 bytes for each of their documents, and 32 for each of one
// column of keys. Throws as SegmentWriter and Segment do, and Cancelled.
void merge_segments(const IndexReader& index, std::size_t first, IndexWriter& writer,
                    IndexManifest& next, StopFlag stop);

}  // namespace copydesk
