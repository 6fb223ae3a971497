#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which of many short texts ("items") stand in a text, whole or nearly so, and where. This is the
// rule of `reuse --against` and of decontamination for texts that are too short for passages of 20
// words: "What is the capital of the state of Ohio" (9 tokens) is found if 8 of them stand in order
// within 12 tokens of the text, with whatever case and punctuation.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/reuse/item_index.h"
#include "copydesk/reuse/passage_aligner.h"

namespace copydesk {

// What makes an item of n tokens count as found by m equal tokens in order:
struct ItemRule {
  // m >= n for fewer than 8 tokens, else n - max(1, n / 5), within 1.25 n + 1 tokens of either
  // text: nearly all of it.
  [[nodiscard]] static constexpr std::size_t fewest_equal(std::size_t n) {
    return n < 8 ? n : n - (n / 5 > 1 ? n / 5 : 1);
  }
  [[nodiscard]] static constexpr std::size_t widest(std::size_t n) { return n + n / 4 + 1; }
  // A run of equal tokens as long as this, whatever the item's length ...
  std::size_t longest_run = 13;
  // ... or this many in a passage with replaced words.
  std::size_t passage_tokens = 20;
};

enum class ItemHitKind : std::uint8_t {
  kWhole,    // nearly all of the item
  kRun,      // less, but a run of 13 tokens
  kPassage,  // less, no such run, but 20 equal tokens
};

// "whole", "run" or "passage".
[[nodiscard]] std::string_view to_string(ItemHitKind kind);

struct ItemHit {
  std::uint32_t item = 0;
  ItemHitKind kind = ItemHitKind::kWhole;
  std::size_t longest_run = 0;  // equal tokens in a row
  Passage passage;              // a is the item, b the text
};

// Looks one text after the other up in an index. Reuses its buffers; one object per thread. Cost:
// one lookup a token, and an alignment of 50 to 100 tokens where an item may stand.
class ItemMatcher {
 public:
  // `index` must be built and outlive this object. Throws Error{kInvalidOption} for a rule of zero
  // tokens.
  explicit ItemMatcher(const ItemIndex& index, const ItemRule& rule = {});

  // All hits by place in the text, then by item. An item that stands in a text twice is two hits.
  // `text`: low halves of the token hashes. REQUIRES: fewer than 2^31 tokens. Valid until the next
  // call.
  [[nodiscard]] std::span<const ItemHit> find(std::span<const std::uint32_t> text);

 private:
  // A stretch of the text in which an item may stand, and the stretch of the item.
  struct Window {
    std::uint32_t item;
    std::uint32_t begin, end;            // in the text
    std::uint32_t begin_item, end_item;  // in the item
    std::int64_t diagonal;               // place in the text less place in the item
    std::uint32_t grams;                 // shared ones that led to it
    bool has_run;
  };

  void collect_windows(std::span<const std::uint32_t> text);
  void merge_windows();
  [[nodiscard]] bool may_hold(const Window& window, std::span<const std::uint32_t> text);
  void examine(const Window& window, std::span<const std::uint32_t> text);
  void drop_nested();

  const ItemIndex& index_;
  ItemRule rule_;
  PassageAligner aligner_;
  std::vector<std::uint64_t> grams_;
  std::vector<Window> windows_;
  std::vector<std::uint32_t> sorted_;  // tokens of the item in hand
  std::uint32_t sorted_item_ = ~std::uint32_t{0};
  std::vector<ItemHit> hits_;
};

}  // namespace copydesk
