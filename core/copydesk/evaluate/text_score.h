#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Cleaned text against the text that should be left: tokens in common, counted as often as they
// occur in both, wherever they stand: "a b b c" and "b c d" have two. And blocks, as spans of a
// text, against true ones.

#include <span>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/evaluate/precision_recall.h"
#include "copydesk/evaluate/rouge_tokenizer.h"

namespace copydesk {

// Reuses its vocabulary from call to call; the counts do not depend on it. One object per thread.
class TextComparison {
 public:
  explicit TextComparison(RougeTokens rule = RougeTokens::kUnicode) : tokenizer_(rule, false) {}

  // Tokens of both texts; shared ones as a multiset, without regard to order.
  [[nodiscard]] OverlapCounts compare(std::string_view truth, std::string_view result);

 private:
  RougeTokenizer tokenizer_;
  RougeText truth_, result_;
};

// Bytes that lie in spans of truth, of result, of both. Spans of one side may overlap: a byte
// counts once.
[[nodiscard]] OverlapCounts span_overlap(std::span<const TextSpan> truth,
                                         std::span<const TextSpan> result);

// Spans that are the same on both sides; repeated ones count once.
[[nodiscard]] OverlapCounts equal_spans(std::span<const TextSpan> truth,
                                        std::span<const TextSpan> result);

}  // namespace copydesk
