// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/index_reader.h"

#include <algorithm>

#include "copydesk/error.h"

namespace copydesk {

IndexReader::IndexReader(const std::string& path, bool allow_older) : path_(path) {
  while (path_.size() > 1 && path_.ends_with('/')) path_.pop_back();
  constexpr int kAttempts = 5;
  for (int attempt = 0;; ++attempt) {
    manifest_ = read_newest_manifest(path_, allow_older);
    try {
      open_segments();
      return;
    } catch (const Error& error) {
      // One who writes may have swept what this manifest names; then there is a newer one.
      const bool is_gone = error.code() == ErrorCode::kCannotOpen;
      if (!is_gone || attempt == kAttempts ||
          read_newest_manifest(path_, allow_older).generation == manifest_.generation) {
        throw;
      }
    }
  }
}

void IndexReader::open_segments() {
  segments_.clear();
  bands_ = manifest_.parameters.banding().bands;
  for (const SegmentEntry& entry : manifest_.segments) {
    segments_.push_back(std::make_unique<Segment>(path_ + "/" + numbered_name("seg", entry.number),
                                                  entry, manifest_.parameters));
  }
  taken_out_ = read_removals(path_, manifest_);
}

IndexReader::Counts IndexReader::count() const {
  Counts counts;
  counts.memory_bytes = taken_out_.size() * sizeof(std::uint32_t);
  for (const auto& segment : segments_) {
    counts.documents += segment->documents();
    counts.evidence += segment->entry().removed;
    counts.disk_bytes += segment->disk_bytes();
    counts.memory_bytes += segment->memory_bytes();
    // Those that are still in the segment, and evidence for them.
    const auto in_segment = [&](std::uint32_t number) { return segment->find(number).has_value(); };
    counts.taken_out += static_cast<std::uint64_t>(
        std::count_if(taken_out_.begin(), taken_out_.end(), in_segment));
    for (const SegmentRemoval& removal : segment->removals()) {
      const bool is_out = is_taken_out(segment->number_of(removal.document));
      const bool goes_along = !is_out && !locate(removal.kept);
      counts.taken_out += goes_along ? 1 : 0;
      counts.evidence -= is_out || goes_along ? 1 : 0;
    }
  }
  counts.documents -= counts.taken_out + counts.evidence;
  return counts;
}

std::optional<IndexReader::Place> IndexReader::locate(std::uint32_t number) const {
  if (is_taken_out(number)) return std::nullopt;
  const auto segment = std::lower_bound(
      segments_.begin(), segments_.end(), number,
      [](const auto& one, std::uint32_t value) { return one->entry().last < value; });
  if (segment == segments_.end()) return std::nullopt;
  const std::optional<std::uint32_t> document = (*segment)->find(number);
  if (!document) return std::nullopt;
  return Place{segment->get(), *document};
}

std::optional<IndexReader::Place> IndexReader::find(std::uint32_t number) const {
  const std::optional<Place> place = locate(number);
  if (!place) return std::nullopt;
  const SegmentRemoval* const removal = place->segment->removal_of(place->document);
  if (removal != nullptr && !locate(removal->kept)) return std::nullopt;
  return place;
}

void IndexReader::look_up(std::size_t column, std::span<const AskedKey> asked,
                          BlockFile::Buffer& buffer, std::vector<IndexHit>& hits) const {
  look_up(column, asked, buffer,
          [&](std::uint32_t query, std::size_t segment, std::uint32_t document) {
            hits.push_back({query, segments_[segment]->number_of(document), 1, column == bands_});
          });
}

void IndexReader::look_up(
    std::size_t column, std::span<const AskedKey> asked, BlockFile::Buffer& buffer,
    const std::function<void(std::uint32_t query, std::size_t segment, std::uint32_t document)>&
        take) const {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    segments_[i]->keys().look_up(
        column, asked, buffer,
        [&](std::uint32_t query, std::uint32_t document) { take(query, i, document); });
  }
}

bool IndexReader::read_set(const Place& place, const SetOfText& set_of_text, IndexBuffers& buffers,
                           StoredSet& out) const {
  if (parameters().keeps_sets()) {
    const auto bytes = place.segment->read_set(place.document, buffers.bytes);
    if (!bytes) return false;
    if (!read_stored_set(*bytes, out)) fail_set(place);
    return true;
  }
  const auto text = place.segment->read_text(place.document, buffers.texts);
  if (!text) return false;
  set_of_text(text->text, text->kind, out);
  return true;
}

bool IndexReader::may_be_alike(const Place& place, std::span<const std::uint64_t> set,
                               const VerifyRule& rule, IndexBuffers& buffers) const {
  const auto begin = place.segment->read_set_begin(place.document, buffers.bytes);
  if (!begin) return false;
  StoredComparison found = compare_stored_set(begin->bytes, begin->is_whole, set, rule);
  if (found == StoredComparison::kUnknown) {
    found = compare_stored_set(*place.segment->read_set(place.document, buffers.bytes), true, set, rule);
  }
  if (found == StoredComparison::kDamaged) fail_set(place);
  return found == StoredComparison::kEnough;
}

void IndexReader::fail_set(const Place& place) const {
  throw Error(ErrorCode::kCorruptFile,
              "the set of document " + std::to_string(place.segment->number_of(place.document)) +
                  " cannot be read",
              path_);
}

}  // namespace copydesk
