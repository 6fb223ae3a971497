// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/band_key_table.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t kHighPlane = BandKeyTable::kPartDocuments * sizeof(std::uint32_t);

template <class Value>
void put(std::byte* column, std::size_t place, Value value) {
  std::memcpy(column + place * sizeof(Value), &value, sizeof(Value));
}

template <class Value>
Value get(const std::byte* column, std::size_t place) {
  Value value;
  std::memcpy(&value, column + place * sizeof(Value), sizeof(Value));
  return value;
}

// `High` is as wide as what the upper plane holds of a key.
template <class High>
void put_keys(std::span<const std::uint64_t> keys, std::size_t step, std::byte* column,
              std::size_t place) {
  for (std::size_t i = 0; i < keys.size(); i += step, ++place) {
    put(column, place, static_cast<std::uint32_t>(keys[i]));
    put(column + kHighPlane, place, static_cast<High>(keys[i] >> 32));
  }
}

template <class High>
void get_keys(const std::byte* column, std::span<std::uint64_t> keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = get<std::uint32_t>(column, i) | std::uint64_t{get<High>(column + kHighPlane, i)}
                                                  << 32;
  }
}

}  // namespace

BandKeyTable::BandKeyTable(std::size_t bands, KeyWidth width, std::string folder,
                           std::size_t memory_bytes)
    : bands_(bands),
      width_(width),
      open_(bands * column_bytes()),
      store_(std::move(folder), memory_bytes) {}

// Band by band, because the same place of all bands is in the same set of every cache: a document
// at a time would miss them all.
void BandKeyTable::append(std::span<const std::uint64_t> keys) {
  assert(keys.size() % bands_ == 0);
  while (!keys.empty()) {
    const std::size_t documents = std::min(keys.size() / bands_, kPartDocuments - open_documents_);
    for (std::size_t band = 0; band < bands_; ++band) {
      std::byte* const column = open_.data() + band * column_bytes();
      const auto of_band = keys.first(documents * bands_).subspan(band);
      if (width_ == KeyWidth::k40) {
        put_keys<std::uint8_t>(of_band, bands_, column, open_documents_);
      } else {
        put_keys<std::uint32_t>(of_band, bands_, column, open_documents_);
      }
    }
    keys = keys.subspan(documents * bands_);
    open_documents_ += documents;
    if (open_documents_ < kPartDocuments) return;
    store_.append(open_);
    stored_ += kPartDocuments;
    open_documents_ = 0;
  }
}

std::span<const std::uint64_t> BandKeyTable::read(std::size_t band, std::size_t part,
                                                  ReadBuffer& buffer) const {
  assert(band < bands_ && part < parts());
  const bool open = part * kPartDocuments >= stored_;
  const std::byte* column = open_.data() + band * column_bytes();
  if (!open) {
    buffer.column.resize(column_bytes());
    store_.read((part * bands_ + band) * column_bytes(), buffer.column);
    column = buffer.column.data();
  }
  buffer.keys.resize(open ? open_documents_ : kPartDocuments);
  if (width_ == KeyWidth::k40) {
    get_keys<std::uint8_t>(column, buffer.keys);
  } else {
    get_keys<std::uint32_t>(column, buffer.keys);
  }
  return buffer.keys;
}

}  // namespace copydesk
