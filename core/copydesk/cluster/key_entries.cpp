// SPDX-License-Identifier: Apache-2.0
#include "copydesk/cluster/key_entries.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "copydesk/cluster/union_find.h"
#include "copydesk/error.h"

namespace copydesk {

namespace {

constexpr std::uint64_t kKeyMask = (std::uint64_t{1} << kBandKeyBits) - 1;
constexpr int kDigitBits = 10;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
// Fewer are sorted sooner by comparisons.
constexpr std::size_t kFew = 2048;

// In a list of entries: the part (u64), the number of bands (u32), of each band the number of its entries
// (u32); then the entries, band after band: five bytes of the key and the place of the document (u32).
// All little-endian.
constexpr std::size_t kEntryBytes = kBandKeyBytes + sizeof(std::uint32_t);

struct KeyedDocument {
  std::uint64_t key;
  std::uint64_t document;
};

// By key; documents of one key stay in their order. Radix sort from the last digit (Knuth, TAOCP 3,
// 5.2.5).
void sort_by_key(std::vector<KeyedDocument>& entries, std::vector<KeyedDocument>& buffer) {
  if (entries.size() < kFew) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const KeyedDocument& x, const KeyedDocument& y) { return x.key < y.key; });
    return;
  }
  buffer.resize(entries.size());
  std::array<std::size_t, kDigits + 1> places;
  for (int shift = 0; shift < kBandKeyBits; shift += kDigitBits) {
    const auto digit_of = [shift](const KeyedDocument& entry) {
      return entry.key >> shift & (kDigits - 1);
    };
    places.fill(0);
    for (const KeyedDocument& entry : entries) ++places[digit_of(entry) + 1];
    for (std::size_t digit = 0; digit < kDigits; ++digit) places[digit + 1] += places[digit];
    for (const KeyedDocument& entry : entries) buffer[places[digit_of(entry)]++] = entry;
    entries.swap(buffer);
  }
}

// Calls take(span) for each run of entries that share a key. REQUIRES: sorted by key.
template <class Take>
void for_each_key(std::span<const KeyedDocument> entries, Take&& take) {
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
    take(entries.subspan(begin, end - begin));
  }
}

template <class Value>
void put(std::string& out, const Value& value, std::size_t bytes = sizeof(Value)) {
  out.append(reinterpret_cast<const char*>(&value), bytes);
}

template <class Value>
Value get(std::string_view bytes, std::size_t place, std::size_t size = sizeof(Value)) {
  Value value = 0;
  std::memcpy(&value, bytes.data() + place, size);
  return value;
}

}  // namespace

void KeyEntries::add(std::uint64_t first, std::span<const std::uint64_t> keys) {
  assert(keys.size() % bands_ == 0);
  part_ = first >> 32;
  for (std::size_t i = 0; i < keys.size() / bands_; ++i) {
    assert(places_.empty() || places_.back() < static_cast<std::uint32_t>(first + i));
    places_.push_back(static_cast<std::uint32_t>(first + i));
  }
  keys_.insert(keys_.end(), keys.begin(), keys.end());
}

KeyEntries::Ranged KeyEntries::take(std::size_t ranges) {
  Ranged found;
  found.entries.resize(ranges);
  UnionFind sets(static_cast<std::uint32_t>(places_.size()));
  std::vector<KeyedDocument> entries, buffer;
  std::vector<std::uint32_t> counts(ranges * bands_);
  std::vector<std::string> packed(ranges);
  for (std::size_t band = 0; band < bands_; ++band) {
    entries.clear();
    for (std::size_t i = 0; i < places_.size(); ++i) {
      entries.push_back({keys_[i * bands_ + band] & kKeyMask, i});
    }
    sort_by_key(entries, buffer);
    for_each_key(entries, [&](std::span<const KeyedDocument> same) {
      const std::uint64_t key = same.front().key;
      const auto first = static_cast<std::uint32_t>(same.front().document);
      for (const KeyedDocument& other : same.subspan(1)) {
        sets.unite(first, static_cast<std::uint32_t>(other.document));
      }
      const std::size_t range = static_cast<std::size_t>((key * ranges) >> kBandKeyBits);
      ++counts[range * bands_ + band];
      put(packed[range], key, kBandKeyBytes);
      put(packed[range], places_[first]);
    });
  }
  for (std::size_t range = 0; range < ranges; ++range) {
    if (packed[range].empty()) continue;
    std::string& out = found.entries[range];
    out.reserve(sizeof(std::uint64_t) + sizeof(std::uint32_t) * (1 + bands_) + packed[range].size());
    put(out, part_);
    put(out, static_cast<std::uint32_t>(bands_));
    for (std::size_t band = 0; band < bands_; ++band) put(out, counts[range * bands_ + band]);
    out += packed[range];
    std::string().swap(packed[range]);
  }
  for (std::uint32_t i = 0; i < sets.size(); ++i) {
    if (const std::uint32_t root = sets.find(i); root != i) {
      found.stars.push_back({part_ << 32 | places_[root], part_ << 32 | places_[i]});
    }
  }
  places_.clear();
  keys_.clear();
  return found;
}

void KeyJoin::add(std::string_view entries) {
  const auto fail = [] {
    throw Error(ErrorCode::kCorruptFile, "this is no list of band keys, or one that was cut short");
  };
  constexpr std::size_t kHead = sizeof(std::uint64_t) + sizeof(std::uint32_t);
  if (entries.size() < kHead) fail();
  const auto part = get<std::uint64_t>(entries, 0);
  const std::size_t bands = get<std::uint32_t>(entries, sizeof(std::uint64_t));
  if ((entries.size() - kHead) / sizeof(std::uint32_t) < bands) fail();
  if (!bands_.empty() && bands != bands_.size()) fail();
  bands_.resize(bands);
  std::size_t place = kHead + sizeof(std::uint32_t) * bands;
  for (std::size_t band = 0; band < bands; ++band) {
    const std::size_t count =
        get<std::uint32_t>(entries, kHead + sizeof(std::uint32_t) * band);
    if ((entries.size() - place) / kEntryBytes < count) fail();
    if (count > 0) bands_[band].push_back({part, entries.substr(place, count * kEntryBytes)});
    place += count * kEntryBytes;
  }
  if (place != entries.size()) fail();
}

std::vector<Edge> KeyJoin::stars() const {
  EdgeForest forest;
  std::vector<KeyedDocument> entries, buffer;
  std::vector<Edge> edges;
  for (const std::vector<Column>& columns : bands_) {
    entries.clear();
    for (const Column& column : columns) {
      for (std::size_t place = 0; place < column.entries.size(); place += kEntryBytes) {
        const auto document = get<std::uint32_t>(column.entries, place + kBandKeyBytes);
        entries.push_back(
            {get<std::uint64_t>(column.entries, place, kBandKeyBytes), column.part << 32 | document});
      }
    }
    sort_by_key(entries, buffer);
    edges.clear();
    for_each_key(entries, [&](std::span<const KeyedDocument> same) {
      for (const KeyedDocument& other : same.subspan(1)) {
        edges.push_back({same.front().document, other.document});
      }
    });
    forest.add(edges);
  }
  const std::span<const Edge> stars = forest.stars();
  return {stars.begin(), stars.end()};
}

}  // namespace copydesk
