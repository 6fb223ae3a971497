#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where the 4-grams of many short texts stand: the questions of an evaluation set, sentences,
// quotations. One index is made of all of them; texts of any size are then streamed by and looked
// up in it. 6,000 items of 20 tokens take about 3 MB.
//
//   ItemIndex index;
//   for (const Tokens& question : questions) index.add(question);
//   index.build();
//   ItemMatcher matcher(index);  // item_matcher.h, one per thread
//   for (const ItemHit& hit : matcher.find(text)) ...

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

// Items are looked for by grams of this many tokens ...
inline constexpr std::size_t kItemGramTokens = 4;
// ... and shorter items than this are not looked for: five words in a row are anybody's.
inline constexpr std::size_t kFewestItemTokens = 6;

class ItemIndex {
 public:
  // A place of a gram in an item.
  struct Posting {
    std::uint32_t item;
    std::uint32_t place;
  };

  // Takes one item as low halves of token hashes and returns its number: 0, 1, 2 ... in the order
  // of the calls. Items may be equal: equal ones have postings of their own, so whoever has many
  // equal items adds them once. REQUIRES: build() was not called; fewer than 2^32 tokens in all.
  std::uint32_t add(std::span<const std::uint32_t> tokens);

  // Makes the index. Afterwards it may be read by several threads at once.
  void build();

  [[nodiscard]] std::size_t size() const { return begins_.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> tokens(std::uint32_t item) const {
    return std::span(tokens_).subspan(begins_[item], begins_[item + 1] - begins_[item]);
  }

  // The places of a gram (hash_grams() of kItemGramTokens), by item, then place; empty for nearly
  // every gram of a text. REQUIRES: build() was called.
  [[nodiscard]] std::span<const Posting> find(std::uint64_t gram) const {
    const std::uint64_t bit = gram >> filter_shift_;
    if ((filter_[bit / 64] >> bit % 64 & 1) == 0) return {};
    return look_up(gram);
  }

  // What it holds in memory, in bytes.
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Slot {
    std::uint64_t gram = 0;
    std::uint32_t begin = 0, end = 0;  // of its postings; an empty slot has none
  };

  [[nodiscard]] std::span<const Posting> look_up(std::uint64_t gram) const;

  std::vector<std::uint32_t> tokens_;     // of all items, one after the other
  std::vector<std::uint32_t> begins_{0};  // of each item in these, and the end of the last
  std::vector<Posting> postings_;         // by gram
  std::vector<Slot> table_;               // open addressing
  std::vector<std::uint64_t> filter_;     // one bit for each upper part of a gram that occurs
  unsigned filter_shift_ = 58;
};

}  // namespace copydesk
