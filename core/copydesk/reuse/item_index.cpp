// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/item_index.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <tuple>

#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

namespace {

// A gram of more items than this leads to none of them ("which of the following"), unless an item
// has hardly any other: then its rarest grams lead to it, however many others have them, too.
constexpr std::uint32_t kMostHolders = 256;
constexpr std::size_t kFewestLeading = 3;
// Places of one gram within one item that are kept.
constexpr std::size_t kMostPlaces = 16;
// Bits of the filter for each gram: one in 16 lookups of a gram that is in no item goes on.
constexpr std::size_t kFilterBits = 16;

struct Entry {
  std::uint64_t gram;
  std::uint32_t item;
  std::uint32_t place;
  std::uint32_t holders = 0;  // items with this gram
  bool is_leading = false;
};

// REQUIRES: `entries` are sorted by gram, then item.
void count_holders(std::vector<Entry>& entries) {
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    std::uint32_t holders = 0;
    for (end = begin; end < entries.size() && entries[end].gram == entries[begin].gram; ++end) {
      if (end == begin || entries[end].item != entries[end - 1].item) ++holders;
    }
    for (std::size_t i = begin; i < end; ++i) entries[i].holders = holders;
  }
}

// REQUIRES: `entries` are sorted by item, then by holders.
void choose_leading(std::vector<Entry>& entries) {
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    for (end = begin; end < entries.size() && entries[end].item == entries[begin].item; ++end) {
      entries[end].is_leading =
          entries[end].holders <= kMostHolders || end - begin < kFewestLeading;
    }
  }
}

}  // namespace

std::uint32_t ItemIndex::add(std::span<const std::uint32_t> tokens) {
  assert(table_.empty());
  tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
  begins_.push_back(static_cast<std::uint32_t>(tokens_.size()));
  return static_cast<std::uint32_t>(begins_.size() - 2);
}

void ItemIndex::build() {
  std::vector<Entry> entries;
  std::vector<std::uint64_t> grams;
  for (std::uint32_t item = 0; item < size(); ++item) {
    if (tokens(item).size() < kFewestItemTokens) continue;
    hash_grams(tokens(item), kItemGramTokens, grams);
    for (std::uint32_t place = 0; place < grams.size(); ++place) {
      entries.push_back({grams[place], item, place});
    }
  }
  const auto by_gram = [](const Entry& x, const Entry& y) {
    return std::tie(x.gram, x.item, x.place) < std::tie(y.gram, y.item, y.place);
  };
  std::sort(entries.begin(), entries.end(), by_gram);
  count_holders(entries);
  std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
    return std::tie(x.item, x.holders, x.place) < std::tie(y.item, y.holders, y.place);
  });
  choose_leading(entries);
  std::erase_if(entries, [](const Entry& entry) { return !entry.is_leading; });
  std::sort(entries.begin(), entries.end(), by_gram);

  std::size_t distinct = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    distinct += i == 0 || entries[i].gram != entries[i - 1].gram ? 1 : 0;
  }
  table_.assign(std::bit_ceil(std::max<std::size_t>(16, 2 * distinct)), {});
  const std::size_t bits = std::bit_ceil(std::max<std::size_t>(64, kFilterBits * distinct));
  filter_.assign(bits / 64, 0);
  filter_shift_ = 64 - static_cast<unsigned>(std::bit_width(bits) - 1);
  const std::uint64_t mask = table_.size() - 1;
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    const std::uint64_t gram = entries[begin].gram;
    Slot slot{gram, static_cast<std::uint32_t>(postings_.size()), 0};
    std::size_t places = 0;
    for (end = begin; end < entries.size() && entries[end].gram == gram; ++end) {
      places = end > begin && entries[end].item == entries[end - 1].item ? places + 1 : 0;
      if (places < kMostPlaces) postings_.push_back({entries[end].item, entries[end].place});
    }
    slot.end = static_cast<std::uint32_t>(postings_.size());
    std::uint64_t place = gram & mask;
    while (table_[place].end != table_[place].begin) place = (place + 1) & mask;
    table_[place] = slot;
    filter_[(gram >> filter_shift_) / 64] |= std::uint64_t{1} << (gram >> filter_shift_) % 64;
  }
}

std::span<const ItemIndex::Posting> ItemIndex::look_up(std::uint64_t gram) const {
  const std::uint64_t mask = table_.size() - 1;
  for (std::uint64_t place = gram & mask;; place = (place + 1) & mask) {
    const Slot& slot = table_[place];
    if (slot.end == slot.begin) return {};
    if (slot.gram == gram) return std::span(postings_).subspan(slot.begin, slot.end - slot.begin);
  }
}

std::size_t ItemIndex::bytes() const {
  return (tokens_.capacity() + begins_.capacity()) * sizeof(std::uint32_t) +
         postings_.capacity() * sizeof(Posting) + table_.capacity() * sizeof(Slot) +
         filter_.capacity() * sizeof(std::uint64_t);
}

}  // namespace copydesk
