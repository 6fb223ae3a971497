// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/index/segment.h"
#include "copydesk/index/segment_layout.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

namespace {

std::size_t block_bytes(IndexFileKind kind) {
  switch (kind) {
    case IndexFileKind::kSetPlaces:
    case IndexFileKind::kTextPlaces:
      return kPlaceBlockBytes;
    case IndexFileKind::kKeys:
      return kKeyBlockBytes;
    case IndexFileKind::kSets:
      return kSetBlockBytes;
    case IndexFileKind::kTexts:
      return kTextBlockBytes;
    default:
      return kOtherBlockBytes;
  }
}

std::unique_ptr<BlockFileWriter> make_file(const std::string& folder, const char* name,
                                           IndexFileKind kind, std::uint64_t number,
                                           const ContentHash& parameters) {
  return std::make_unique<BlockFileWriter>(
      folder + "/" + name, IndexFileIdentity{kind, number, parameters}, block_bytes(kind));
}

std::uint64_t place_of_set(std::uint64_t offset, std::size_t size) {
  const std::uint64_t units = (size + kSetUnit - 1) / kSetUnit;
  if (offset >= std::uint64_t{1} << (64 - kSetSizeBits) || units >= kSetSizeMask) {
    throw Error(ErrorCode::kLimitExceeded, "one segment of an index takes at most 1 TiB of sets");
  }
  return offset << kSetSizeBits | units;
}

}  // namespace

SegmentWriter::SegmentWriter(std::string folder, std::uint64_t number,
                             const IndexParameters& parameters)
    : folder_(std::move(folder)),
      number_(number),
      parameters_(parameters),
      hash_(parameters.hash()) {
  const auto make = [&](const char* name, IndexFileKind kind) {
    return make_file(folder_, name, kind, number_, hash_);
  };
  rows_ = make(kRowsName, IndexFileKind::kDocuments);
  ids_ = make(kIdsName, IndexFileKind::kIds);
  if (parameters.keeps_sets()) {
    sets_ = make(kSetsName, IndexFileKind::kSets);
    set_places_ = make(kSetPlacesName, IndexFileKind::kSetPlaces);
  }
  if (parameters.keeps_texts()) {
    texts_ = make(kTextsName, IndexFileKind::kTexts);
    text_places_ = make(kTextPlacesName, IndexFileKind::kTextPlaces);
    blocks_.emplace(*texts_);
  }
}

std::uint32_t SegmentWriter::number_of(std::string_view name, std::vector<std::string>& names,
                                       std::unordered_map<std::string, std::uint32_t>& numbers) {
  const auto [found, is_new] =
      numbers.try_emplace(std::string(name), static_cast<std::uint32_t>(names.size()));
  if (is_new) names.emplace_back(name);
  return found->second;
}

std::uint64_t SegmentWriter::put_set(std::string_view set) {
  const std::uint64_t place = place_of_set(sets_->size(), set.size());
  sets_->append(set);
  return place;
}

// What is wanted goes into a file of the same name; the old one, without a name, is read until
// then.
void SegmentWriter::drop_sets(std::span<std::uint64_t> places,
                              const std::function<bool(std::size_t)>& is_wanted) {
  constexpr std::uint64_t kMostShare = 8;
  std::vector<std::size_t> put;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] != kNoStoredPlace) put.push_back(i);
  }
  const auto offset_of = [&](std::size_t i) {
    return i < put.size() ? places[put[i]] >> kSetSizeBits : sets_->size();
  };
  std::uint64_t unwanted = 0;
  for (std::size_t i = 0; i < put.size(); ++i) {
    if (!is_wanted(put[i])) unwanted += offset_of(i + 1) - offset_of(i);
  }
  if (unwanted <= sets_->size() / kMostShare) return;
  const std::string path = folder_ + "/" + kSetsName;
  std::error_code error;
  if (!std::filesystem::remove(path, error)) {
    throw_cannot_write("cannot remove", error.value(), path);
  }
  auto kept = make_file(folder_, kSetsName, IndexFileKind::kSets, number_, hash_);
  std::vector<char> set;
  std::uint64_t begin = put.empty() ? 0 : offset_of(0);
  for (std::size_t i = 0; i < put.size(); ++i) {
    const std::uint64_t end = offset_of(i + 1);
    std::uint64_t& place = places[put[i]];
    if (is_wanted(put[i])) {
      set.resize(end - begin);
      sets_->read_back(begin, set);
      place = place_of_set(kept->size(), set.size());
      kept->append({set.data(), set.size()});
    } else {
      place = kNoStoredPlace;
    }
    begin = end;
  }
  sets_ = std::move(kept);
}

std::uint64_t SegmentWriter::put_text(const StoredText& text) {
  return blocks_->add(text.text, text.kind);
}

std::string_view SegmentWriter::read_set(std::uint64_t place, BlockFile::Buffer& buffer) const {
  const std::uint64_t offset = place >> kSetSizeBits;
  const auto size =
      static_cast<std::size_t>(std::min((place & kSetSizeMask) * kSetUnit, sets_->size() - offset));
  if (buffer.size() < size) buffer.resize(size);
  sets_->read_back(offset, std::span(buffer).first(size));
  return {buffer.data(), size};
}

void SegmentWriter::add(const IndexedDocument& document, const Content& content) {
  Places places;
  if (sets_ && content.set) places.set = put_set(*content.set);
  if (texts_ && content.text) places.text = put_text(*content.text);
  add(document, places);
}

void SegmentWriter::add(const IndexedDocument& document, const Places& places) {
  const std::uint32_t file = number_of(document.file, files_, file_numbers_);
  if (documents_ == 0 || document.number != next_number_ || file != run_file_) {
    runs_.insert(runs_.end(), {documents_, document.number, file});
    run_file_ = file;
  }
  if (documents_ == 0) entry_.first = document.number;
  entry_.last = document.number;
  next_number_ = document.number + 1;
  ids_->append(document.id);
  id_bytes_ += document.id.size();
  if (id_bytes_ > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::kLimitExceeded, "the ids of one segment of an index take at most 4 GiB");
  }
  PackedBytes row;
  row.put(document.exact_low);
  row.put(document.exact_high);
  row.put(document.text_hash);
  row.put(document.time);
  row.put(static_cast<std::uint32_t>(id_bytes_));
  row.put(document.line);
  row.put(number_of(document.source, sources_, source_numbers_));
  row.put(std::min(document.tokens, kTokensMask) | static_cast<std::uint32_t>(document.text_class)
                                                       << kClassShift);
  rows_->append(row.view());
  const auto append_place = [](BlockFileWriter& out, std::uint64_t place) {
    out.append({reinterpret_cast<const char*>(&place), sizeof place});
  };
  if (sets_) append_place(*set_places_, places.set);
  if (texts_) append_place(*text_places_, places.text);
  ++documents_;
}

void SegmentWriter::add_removal(SegmentRemoval removal) {
  removal.document = documents_ - 1;
  removals_.push_back(removal);
}

SegmentEntry SegmentWriter::finish(const KeySource& keys) {
  entry_.number = number_;
  entry_.documents = documents_;
  entry_.removed = static_cast<std::uint32_t>(removals_.size());
  const auto end = [&](const char* name, BlockFileWriter& file) {
    entry_.files.emplace_back(name, file.finish());
  };
  end(kRowsName, *rows_);
  end(kIdsName, *ids_);
  const auto key_file = make_file(folder_, kKeysName, IndexFileKind::kKeys, number_, hash_);
  write_key_columns(*key_file, parameters_.banding().bands + 1, documents_, keys);
  end(kKeysName, *key_file);
  PackedBytes notes;
  notes.put_all(std::span<const std::uint32_t>(runs_));
  for (const auto* const names : {&files_, &sources_}) {
    notes.put(static_cast<std::uint64_t>(names->size()));
    for (const std::string& name : *names) notes.put_text(name);
  }
  notes.put_all(std::span<const SegmentRemoval>(removals_));
  const auto note_file = make_file(folder_, kNotesName, IndexFileKind::kNotes, number_, hash_);
  note_file->append(notes.view());
  end(kNotesName, *note_file);
  if (sets_) {
    end(kSetsName, *sets_);
    end(kSetPlacesName, *set_places_);
  }
  if (texts_) {
    blocks_->finish();
    end(kTextsName, *texts_);
    end(kTextPlacesName, *text_places_);
  }
  return entry_;
}

}  // namespace copydesk
