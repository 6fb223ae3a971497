// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/segment_merger.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "copydesk/error.h"

namespace copydesk {

namespace {

constexpr std::uint32_t kDropped = 0xFFFFFFFF;

// Copies what is still there of all segments into a new one.
class SegmentMerger {
 public:
  SegmentMerger(const IndexReader& index, SegmentWriter& writer, StopFlag stop)
      : index_(index), writer_(writer), stop_(stop) {}

  void add(const Segment& segment) {
    std::vector<std::uint32_t>& numbers = numbers_.emplace_back(segment.documents(), kDropped);
    segments_.push_back(&segment);
    segment.for_each([&](const IndexedDocument& document, std::uint32_t place) {
      if (place % 4096 == 0) stop_.check();
      if (!index_.find(document.number)) return;
      SegmentWriter::Content content;
      if (const auto bytes = segment.read_set(place, buffer_)) {
        std::size_t used = 0;
        if (!read_stored_set(*bytes, set_, &used)) {
          throw Error(ErrorCode::kCorruptFile,
                      fmt::format("the set of document {} cannot be read", document.number),
                      index_.path());
        }
        content.set = bytes->substr(0, used);
      }
      content.text = segment.read_text(place, texts_);
      numbers[place] = writer_.documents();
      writer_.add(document, content);
      if (const SegmentRemoval* const removal = segment.removal_of(place)) {
        writer_.add_removal(*removal);
      }
    });
  }

  [[nodiscard]] SegmentEntry finish() {
    return writer_.finish([&](std::size_t column, const auto& take) {
      stop_.check();
      for (std::size_t i = 0; i < segments_.size(); ++i) {
        segments_[i]->keys().for_each(column, 0, 0, [&](std::uint64_t key, std::uint32_t document) {
          if (numbers_[i][document] != kDropped) take(key, numbers_[i][document]);
        });
      }
    });
  }

 private:
  const IndexReader& index_;
  SegmentWriter& writer_;
  StopFlag stop_;
  std::vector<const Segment*> segments_;
  std::vector<std::vector<std::uint32_t>> numbers_;
  BlockFile::Buffer buffer_;
  TextBuffers texts_;
  StoredSet set_;
};

}  // namespace

std::size_t first_to_merge(std::span<const SegmentEntry> segments) {
  if (segments.size() <= kSegmentsUnmerged) return segments.size();
  std::uint64_t behind = 0;
  std::size_t first = segments.size();
  for (std::size_t i = segments.size(); i-- > 0;) {
    if (segments[i].documents <= behind) first = i;
    behind += segments[i].documents;
  }
  return first;
}

void merge_segments(const IndexReader& index, std::size_t first, IndexWriter& writer,
                    IndexManifest& next, StopFlag stop) {
  const auto merged = index.segments().subspan(first);
  next.segments.resize(first);
  bool is_empty = true;
  for (const auto& segment : merged) {
    for (std::uint32_t document = 0; is_empty && document < segment->documents(); ++document) {
      is_empty = !index.find(segment->number_of(document));
    }
  }
  if (is_empty) return;
  const std::uint64_t number = next.next_segment++;
  SegmentWriter segment(writer.make_segment_folder(number), number, next.parameters);
  SegmentMerger merger(index, segment, stop);
  for (const auto& one : merged) merger.add(*one);
  next.segments.push_back(merger.finish());
  writer.name_segment(number);
}

}  // namespace copydesk
