// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/segment.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/index/segment_layout.h"
#include "copydesk/index/stored_set.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

namespace {

constexpr std::uint32_t kRowsAtOnce = 8192;

}  // namespace

Segment::Segment(const std::string& folder, const SegmentEntry& entry,
                 const IndexParameters& parameters)
    : entry_(entry) {
  const ContentHash hash = parameters.hash();
  const auto open = [&](const char* name, IndexFileKind kind) {
    const IndexFileSeal* const seal = entry.file(name);
    const std::string path = folder + "/" + name;
    if (seal == nullptr) throw Error(ErrorCode::kCorruptFile, "is not in the manifest", path);
    return std::make_unique<BlockFile>(path, IndexFileIdentity{kind, entry.number, hash}, *seal);
  };
  rows_ = open(kRowsName, IndexFileKind::kDocuments);
  ids_ = open(kIdsName, IndexFileKind::kIds);
  keys_file_ = open(kKeysName, IndexFileKind::kKeys);
  notes_ = open(kNotesName, IndexFileKind::kNotes);
  if (rows_->size() != std::uint64_t{entry.documents} * kRowBytes) {
    rows_->fail(0, "has other documents than the manifest says");
  }
  const std::uint64_t place_bytes = std::uint64_t{entry.documents} * sizeof(std::uint64_t);
  const auto check_places = [&](const BlockFile& places) {
    if (places.size() != place_bytes) places.fail(0, "has other documents than the manifest says");
  };
  if (parameters.keeps_sets()) {
    sets_ = open(kSetsName, IndexFileKind::kSets);
    set_places_ = open(kSetPlacesName, IndexFileKind::kSetPlaces);
    check_places(*set_places_);
  }
  if (parameters.keeps_texts()) {
    texts_ = open(kTextsName, IndexFileKind::kTexts);
    text_places_ = open(kTextPlacesName, IndexFileKind::kTextPlaces);
    check_places(*text_places_);
  }
  keys_ = std::make_unique<KeyColumns>(*keys_file_, parameters.banding().bands + 1, entry.documents);
  read_notes();
}

void Segment::read_notes() {
  const std::string bytes = notes_->read_all();
  PackedReader notes(bytes, notes_->path());
  std::vector<std::uint32_t> runs;
  notes.get_all(runs);
  for (auto* const names : {&files_, &sources_}) {
    for (std::size_t count = notes.get_count(sizeof(std::uint64_t)); count > 0; --count) {
      names->push_back(notes.get_text());
    }
  }
  notes.get_all(removals_);
  bool is_sound = notes.at_end() && runs.size() % 3 == 0 && !runs.empty();
  for (std::size_t i = 0; is_sound && i < runs.size(); i += 3) {
    const Run run{runs[i], runs[i + 1], runs[i + 2]};
    is_sound = run.file < files_.size() && run.document < entry_.documents;
    if (i == 0) {
      is_sound = is_sound && run.document == 0 && run.number == entry_.first;
    } else if (is_sound) {
      const Run& before = runs_.back();
      is_sound = run.document > before.document && run.number > before.number &&
                 run.number - before.number >= run.document - before.document;
    }
    runs_.push_back(run);
  }
  if (is_sound) {
    const Run& last = runs_.back();
    is_sound = entry_.last >= last.number &&
               entry_.last - last.number == entry_.documents - 1 - last.document;
  }
  for (std::size_t i = 0; is_sound && i < removals_.size(); ++i) {
    is_sound = removals_[i].document < entry_.documents &&
               (i == 0 || removals_[i - 1].document < removals_[i].document);
  }
  if (!is_sound || removals_.size() != entry_.removed) {
    notes_->fail(0, "has notes on other documents than the segment's");
  }
}

const Segment::Run& Segment::run_of(std::uint32_t document) const {
  const auto behind = std::upper_bound(
      runs_.begin(), runs_.end(), document,
      [](std::uint32_t value, const Run& run) { return value < run.document; });
  return *(behind - 1);
}

std::optional<std::uint32_t> Segment::find(std::uint32_t number) const {
  if (number < entry_.first || number > entry_.last) return std::nullopt;
  const auto behind =
      std::upper_bound(runs_.begin(), runs_.end(), number,
                       [](std::uint32_t value, const Run& run) { return value < run.number; });
  const Run& run = *(behind - 1);
  const std::uint32_t end = behind == runs_.end() ? entry_.documents : behind->document;
  const std::uint64_t document = std::uint64_t{run.document} + (number - run.number);
  if (document >= end) return std::nullopt;  // taken out
  return static_cast<std::uint32_t>(document);
}

std::uint32_t Segment::number_of(std::uint32_t document) const {
  const Run& run = run_of(document);
  return run.number + (document - run.document);
}

const SegmentRemoval* Segment::removal_of(std::uint32_t document) const {
  const auto found = std::lower_bound(
      removals_.begin(), removals_.end(), document,
      [](const SegmentRemoval& removal, std::uint32_t value) { return removal.document < value; });
  return found == removals_.end() || found->document != document ? nullptr : &*found;
}

IndexedDocument Segment::make(const char* row, std::uint32_t document) const {
  IndexedDocument made;
  std::uint32_t numbers[3];
  std::memcpy(&made.exact_low, row, 8);
  std::memcpy(&made.exact_high, row + 8, 8);
  std::memcpy(&made.text_hash, row + 16, 8);
  std::memcpy(&made.time, row + 24, 8);
  std::memcpy(numbers, row + 36, sizeof numbers);
  const std::uint32_t text_class = numbers[2] >> kClassShift;
  if (numbers[1] >= sources_.size() || text_class > static_cast<std::uint32_t>(TextClass::kRegular)) {
    rows_->fail(std::uint64_t{document} * kRowBytes, "a row has values that are none");
  }
  const Run& run = run_of(document);
  made.number = run.number + (document - run.document);
  made.line = numbers[0];
  made.source = sources_[numbers[1]];
  made.file = files_[run.file];
  made.tokens = numbers[2] & kTokensMask;
  made.text_class = static_cast<TextClass>(text_class);
  return made;
}

namespace {

std::uint32_t id_end_of(const char* row) {
  std::uint32_t end = 0;
  std::memcpy(&end, row + 32, sizeof end);
  return end;
}

}  // namespace

IndexedDocument Segment::read_row(std::uint32_t document, BlockFile::Buffer& buffer) const {
  return make(rows_->read(std::uint64_t{document} * kRowBytes, kRowBytes, buffer).data(), document);
}

IndexedDocument Segment::read(std::uint32_t document, BlockFile::Buffer& buffer) const {
  const std::uint32_t first = document == 0 ? 0 : document - 1;
  const std::string_view rows = rows_->read(std::uint64_t{first} * kRowBytes,
                                            (document - first + 1) * kRowBytes, buffer);
  const char* const row = rows.data() + (document - first) * kRowBytes;
  IndexedDocument made = make(row, document);
  const std::uint32_t begin = document == 0 ? 0 : id_end_of(rows.data());
  const std::uint32_t end = id_end_of(row);
  if (end < begin) rows_->fail(std::uint64_t{document} * kRowBytes, "an id ends before it begins");
  made.id = ids_->read(begin, end - begin, buffer);
  return made;
}

void Segment::for_each(
    const std::function<void(const IndexedDocument&, std::uint32_t)>& take) const {
  BlockFile::Buffer row_buffer;
  BlockFile::Buffer id_buffer;
  std::uint32_t id_begin = 0;
  for (std::uint32_t first = 0; first < entry_.documents; first += kRowsAtOnce) {
    const std::uint32_t count = std::min(kRowsAtOnce, entry_.documents - first);
    const std::string_view rows =
        rows_->read(std::uint64_t{first} * kRowBytes, count * kRowBytes, row_buffer);
    const std::uint32_t ids_begin = id_begin;
    const std::uint32_t ids_end = id_end_of(rows.data() + (count - 1) * kRowBytes);
    if (ids_end < ids_begin) rows_->fail(std::uint64_t{first} * kRowBytes, "ids are not in order");
    const std::string_view ids = ids_->read(ids_begin, ids_end - ids_begin, id_buffer);
    for (std::uint32_t i = 0; i < count; ++i) {
      const char* const row = rows.data() + i * kRowBytes;
      IndexedDocument made = make(row, first + i);
      const std::uint32_t end = id_end_of(row);
      if (end < id_begin || end > ids_end) {
        rows_->fail(std::uint64_t{first + i} * kRowBytes, "ids are not in order");
      }
      made.id = ids.substr(id_begin - ids_begin, end - id_begin);
      id_begin = end;
      take(made, first + i);
    }
  }
}

std::uint64_t Segment::place(const BlockFile& places, std::uint32_t document,
                             BlockFile::Buffer& buffer) const {
  std::uint64_t place = 0;
  std::memcpy(&place,
              places.read(std::uint64_t{document} * sizeof place, sizeof place, buffer).data(),
              sizeof place);
  return place;
}

std::optional<Segment::Span> Segment::set_span(std::uint32_t document,
                                               BlockFile::Buffer& buffer) const {
  if (!sets_) return std::nullopt;
  const std::uint64_t begin = place(*set_places_, document, buffer);
  if (begin == kNoStoredPlace) return std::nullopt;
  const std::uint64_t offset = begin >> kSetSizeBits;
  if (offset >= sets_->size()) sets_->fail(offset, "a set begins behind the end");
  const std::uint64_t size = (begin & kSetSizeMask) * kSetUnit;
  return Span{offset, offset + std::min(size, sets_->size() - offset)};
}

std::optional<std::string_view> Segment::read_set(std::uint32_t document,
                                                  BlockFile::Buffer& buffer) const {
  const std::optional<Span> span = set_span(document, buffer);
  if (!span) return std::nullopt;
  return sets_->read(span->begin, static_cast<std::size_t>(span->end - span->begin), buffer);
}

std::optional<Segment::SetBegin> Segment::read_set_begin(std::uint32_t document,
                                                         BlockFile::Buffer& buffer) const {
  const std::optional<Span> span = set_span(document, buffer);
  if (!span) return std::nullopt;
  // To the end of the block that holds its middle: of a pair at 0.65, half tells that it is not at 0.8.
  const std::uint64_t half = (span->end - span->begin) / 2;
  const std::uint64_t enough = (span->begin + half) / kSetBlockBytes * kSetBlockBytes;
  const std::uint64_t end = std::min(span->end, enough + kSetBlockBytes);
  return SetBegin{sets_->read(span->begin, static_cast<std::size_t>(end - span->begin), buffer),
                  end == span->end};
}

std::optional<StoredText> Segment::read_text(std::uint32_t document, TextBuffers& buffers) const {
  if (!texts_) return std::nullopt;
  const std::uint64_t begin = place(*text_places_, document, buffers.bytes);
  if (begin == kNoStoredPlace) return std::nullopt;
  return read_stored_text(*texts_, begin, buffers);
}

void Segment::check() const {
  for (const auto* const file : {&rows_, &ids_, &keys_file_, &notes_, &sets_, &set_places_, &texts_,
                                 &text_places_}) {
    if (*file) (*file)->check();
  }
  for_each([](const IndexedDocument&, std::uint32_t) {});
  const std::size_t columns = keys_->columns();
  for (std::size_t column = 0; column < columns; ++column) {
    keys_->for_each(column, 0, 0, [](std::uint64_t, std::uint32_t) {});
  }
  BlockFile::Buffer buffer;
  TextBuffers texts;
  StoredSet set;
  for (std::uint32_t document = 0; document < entry_.documents; ++document) {
    if (const auto bytes = read_set(document, buffer); bytes && !read_stored_set(*bytes, set)) {
      sets_->fail(place(*set_places_, document, buffer), "a set cannot be read");
    }
    static_cast<void>(read_text(document, texts));
  }
}

std::uint64_t Segment::memory_bytes() const {
  std::uint64_t bytes = keys_->memory_bytes() + runs_.size() * sizeof(Run) +
                        removals_.size() * sizeof(SegmentRemoval);
  // The checksums of blocks.
  for (const auto* const file : {&rows_, &ids_, &keys_file_, &notes_, &sets_, &set_places_, &texts_,
                                 &text_places_}) {
    if (*file) bytes += (*file)->memory_bytes();
  }
  return bytes;
}

std::uint64_t Segment::disk_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [name, seal] : entry_.files) bytes += seal.bytes;
  return bytes;
}

}  // namespace copydesk
