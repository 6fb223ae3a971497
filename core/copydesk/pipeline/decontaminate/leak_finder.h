#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One training text against all evaluation items: which of them stand in it, where, and whether
// with their answers.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/pipeline/decontaminate/evaluation_items.h"
#include "copydesk/reuse/answer_search.h"
#include "copydesk/reuse/item_matcher.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// One item found in a text. Spans are in bytes.
struct Leak {
  std::uint32_t item = 0;  // the first of its set with this text (with the answer near, if any is)
  std::uint32_t same_items = 0;  // further ones of the set that have the same text
  ItemHitKind kind = ItemHitKind::kWhole;
  bool has_answer = false;  // the item has one ...
  bool answer_near = false;  // ... and it stands right behind, or in what was found
  TextSpan in_text;
  TextSpan in_item;
  std::size_t equal_tokens = 0;
  std::size_t longest_run = 0;  // equal tokens in a row
};

// Reuses its buffers; one object per thread.
class LeakFinder {
 public:
  // `items` must be built and outlive this object.
  explicit LeakFinder(const EvaluationItems& items) : items_(items), matcher_(items.index()) {}

  // All leaks by place in the text, then by set. For a question that several items of a set share
  // there is one leak, for the first whose answer is near (AnswerSearch), or else the first. Valid
  // until the next call.
  // REQUIRES: `text` is valid UTF-8.
  [[nodiscard]] std::span<const Leak> find(std::string_view text);

  // Tokens of the last text.
  [[nodiscard]] std::size_t tokens() const { return low_.size(); }

 private:
  void add_leaks(const ItemHit& hit);
  [[nodiscard]] TextSpan span_in_item(const EvaluationItem& item, const Passage& passage);

  const EvaluationItems& items_;
  ItemMatcher matcher_;
  Tokenizer tokenizer_;
  TokenList tokens_, item_tokens_;
  std::vector<std::uint32_t> low_;
  AnswerSearch answers_;
  std::vector<Leak> leaks_;
};

}  // namespace copydesk
