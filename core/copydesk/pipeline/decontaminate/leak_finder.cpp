// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/decontaminate/leak_finder.h"

namespace copydesk {

namespace {

// So many items that share a question are looked at in each set: sets may be made of one question.
constexpr std::size_t kMostHolders = 64;

}  // namespace

// Spans are only asked for where something was found, which is rare: the first pass over the tokens
// does without them.
std::span<const Leak> LeakFinder::find(std::string_view text) {
  leaks_.clear();
  tokenizer_.tokenize(text, tokens_);
  take_low_halves(tokens_.hashes, low_);
  const std::span<const ItemHit> hits = matcher_.find(low_);
  if (hits.empty()) return leaks_;
  tokenizer_.tokenize_with_spans(text, tokens_);
  for (const ItemHit& hit : hits) add_leaks(hit);
  return leaks_;
}

void LeakFinder::add_leaks(const ItemHit& hit) {
  const std::span<const std::uint32_t> holders = items_.holders(hit.item);
  for (std::size_t begin = 0, end = 0; begin < holders.size(); begin = end) {
    const std::uint32_t set = items_.items()[holders[begin]].set;
    Leak leak;
    leak.item = holders[begin];
    bool is_decided = false;
    for (end = begin; end < holders.size(); ++end) {
      const EvaluationItem& item = items_.items()[holders[end]];
      if (item.set != set) break;
      if (is_decided || end - begin >= kMostHolders) continue;
      is_decided = item.holds_answer || answers_.is_near(low_, hit.passage.end_b, item.answer);
      if (is_decided) leak.item = holders[end];
    }
    const EvaluationItem& item = items_.items()[leak.item];
    leak.same_items = static_cast<std::uint32_t>(end - begin - 1);
    leak.kind = hit.kind;
    leak.has_answer = !item.answer.empty();
    leak.answer_near = is_decided;
    leak.in_text = {tokens_.spans[hit.passage.begin_b].begin,
                    tokens_.spans[hit.passage.end_b - 1].end};
    leak.in_item = span_in_item(item, hit.passage);
    leak.equal_tokens = hit.passage.matched;
    leak.longest_run = hit.longest_run;
    leaks_.push_back(leak);
  }
}

// Items of the same tokens may be written differently, so that each has spans of its own. A file of
// prepared items made for the purpose may state others than the text has.
TextSpan LeakFinder::span_in_item(const EvaluationItem& item, const Passage& passage) {
  tokenizer_.tokenize_with_spans(item.text, item_tokens_);
  if (passage.end_a > item_tokens_.size()) return {0, item.text.size()};
  return {item_tokens_.spans[passage.begin_a].begin, item_tokens_.spans[passage.end_a - 1].end};
}

}  // namespace copydesk
