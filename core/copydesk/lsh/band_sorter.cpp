// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/band_sorter.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace copydesk {

namespace {

constexpr std::size_t kPartEntries = 1024;
// Of a band key of 40 bits the part then tells at least what does not fit into an entry.
constexpr std::size_t kLeastPartBits = 8;
constexpr std::size_t kMostPartBits = 16;
// Entries move this far on average at most while a part is sorted by insertion.
constexpr std::size_t kMostMoves = 8;

std::size_t part_bits_for(std::size_t documents) {
  return std::clamp<std::size_t>(std::bit_width(documents / kPartEntries), kLeastPartBits,
                                 kMostPartBits);
}

// For entries nearly in order; gives up, with `entries` still a permutation of what they were,
// where that turns out wrong.
bool sort_by_insertion(std::span<BandSorter::Entry> entries) {
  std::size_t moves = kMostMoves * entries.size();
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const BandSorter::Entry entry = entries[i];
    std::size_t place = i;
    while (place > 0 && entries[place - 1] > entry) {
      entries[place] = entries[place - 1];
      --place;
    }
    entries[place] = entry;
    if (i - place > moves) return false;
    moves -= i - place;
  }
  return true;
}

}  // namespace

BandSorter::BandSorter(const BandKeyTable& keys, std::span<const std::uint32_t> documents)
    : keys_(keys),
      documents_(documents),
      part_bits_(part_bits_for(documents.size())),
      entry_bits_(std::min<std::size_t>(keys.key_bits() - part_bits_, 32)) {}

template <class Take>
void BandSorter::for_each(std::size_t band, Take&& take) {
  const std::size_t shift = keys_.key_bits() - part_bits_;
  std::size_t next = 0;
  for (std::size_t part = 0; part < keys_.parts() && next < documents_.size(); ++part) {
    const std::size_t first = part * BandKeyTable::kPartDocuments;
    if (documents_[next] >= first + BandKeyTable::kPartDocuments) continue;
    const std::span<const std::uint64_t> keys = keys_.read(band, part, column_);
    for (; next < documents_.size() && documents_[next] - first < keys.size(); ++next) {
      const std::uint64_t key = keys[documents_[next] - first];
      take(static_cast<std::size_t>(key >> shift), key, documents_[next]);
    }
  }
}

void BandSorter::load(std::size_t band, std::size_t first, std::size_t count) {
  assert(first + count <= parts());
  starts_.assign(count + 1, 0);
  for_each(band, [&](std::size_t part, std::uint64_t, std::uint32_t) {
    if (part - first < count) ++starts_[part - first + 1];
  });
  for (std::size_t part = 0; part < count; ++part) starts_[part + 1] += starts_[part];
  if (entries_.size() < starts_.back()) {
    entries_ = {};
    entries_ = LargeBuffer<Entry>(starts_.back());
  }
  Entry* const entries = entries_.data();
  for_each(band, [&](std::size_t part, std::uint64_t key, std::uint32_t document) {
    if (part - first < count) {
      entries[starts_[part - first]++] = key << (64 - entry_bits_) >> (32 - entry_bits_) | document;
    }
  });
  // Each start has moved to the next one.
  for (std::size_t part = count; part > 0; --part) starts_[part] = starts_[part - 1];
  starts_[0] = 0;
}

// By further bits of the key into groups of about one entry.
std::span<const BandSorter::Entry> BandSorter::sorted_part(std::size_t index) {
  const std::span<const Entry> part =
      entries_.values().subspan(starts_[index], starts_[index + 1] - starts_[index]);
  if (part.size() < 2) return part;
  const std::size_t bits = std::min<std::size_t>(std::bit_width(part.size()), entry_bits_);
  const std::size_t shift = 32 + entry_bits_ - bits;
  ends_.assign((std::size_t{1} << bits) + 1, 0);
  for (const Entry entry : part) ++ends_[(entry >> shift) + 1];
  for (std::size_t group = 1; group < ends_.size(); ++group) ends_[group] += ends_[group - 1];
  sorted_.resize(part.size());
  for (const Entry entry : part) sorted_[ends_[entry >> shift]++] = entry;
  if (!sort_by_insertion(sorted_)) std::sort(sorted_.begin(), sorted_.end());
  return sorted_;
}

}  // namespace copydesk
