// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/item_matcher.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

namespace {

// Seeds as short as the grams of the index, and gaps that a short text allows.
constexpr std::size_t kMostGap = 8;
// Items up to this length are compared as a whole; of longer ones, which count by runs and
// passages, what lies this far around a shared gram.
constexpr std::size_t kMostWhole = 64;
// A passage of 20 tokens without a run of 13 in a longer item holds this many shared grams.
constexpr std::uint32_t kFewestGrams = 3;

// How far along the text a copy may get out of step with an item of n tokens.
std::int64_t slack_of(std::size_t n) {
  return static_cast<std::int64_t>(
      n <= kMostWhole ? ItemRule::widest(n) - n + kMostGap : kMostWhole / 2);
}

PassageOptions passage_options() {
  PassageOptions options;
  options.seed_tokens = kItemGramTokens;
  options.minimum_tokens = kItemGramTokens;
  options.most_gap = kMostGap;
  return options;
}

}  // namespace

std::string_view to_string(ItemHitKind kind) {
  switch (kind) {
    case ItemHitKind::kWhole:
      return "whole";
    case ItemHitKind::kRun:
      return "run";
    case ItemHitKind::kPassage:
      return "passage";
  }
  return "";
}

ItemMatcher::ItemMatcher(const ItemIndex& index, const ItemRule& rule)
    : index_(index), rule_(rule), aligner_(passage_options()) {
  if (rule.longest_run < 1 || rule.passage_tokens < 1) {
    throw Error(ErrorCode::kInvalidOption, "an item rule needs at least one token");
  }
}

// Every shared gram opens a window as wide as the item may lie around it. Whether a run of 13
// tokens goes through the gram is seen at once, without an alignment.
void ItemMatcher::collect_windows(std::span<const std::uint32_t> text) {
  windows_.clear();
  hash_grams(text, kItemGramTokens, grams_);
  for (std::size_t j = 0; j < grams_.size(); ++j) {
    for (const ItemIndex::Posting& posting : index_.find(grams_[j])) {
      const std::span<const std::uint32_t> item = index_.tokens(posting.item);
      const std::size_t i = posting.place;
      std::size_t ahead = 0;
      while (ahead < rule_.longest_run && i + ahead < item.size() && j + ahead < text.size() &&
             item[i + ahead] == text[j + ahead]) {
        ++ahead;
      }
      if (ahead < kItemGramTokens) continue;  // two grams with one hash
      std::size_t before = 0;
      while (ahead + before < rule_.longest_run && before < i && before < j &&
             item[i - before - 1] == text[j - before - 1]) {
        ++before;
      }
      const bool is_short = item.size() <= kMostWhole;
      const auto slack = static_cast<std::size_t>(slack_of(item.size()));
      const std::size_t left = is_short ? i + slack : kMostWhole;
      const std::size_t right = is_short ? item.size() - i + slack : kMostWhole;
      Window window{};
      window.item = posting.item;
      window.begin = static_cast<std::uint32_t>(j - std::min(j, left));
      window.end = static_cast<std::uint32_t>(std::min(text.size(), j + right));
      window.begin_item = is_short ? 0 : static_cast<std::uint32_t>(i - std::min(i, kMostWhole));
      window.end_item = static_cast<std::uint32_t>(
          is_short ? item.size() : std::min(item.size(), i + kMostWhole));
      window.diagonal = static_cast<std::int64_t>(j) - static_cast<std::int64_t>(i);
      window.grams = 1;
      window.has_run = before + ahead >= rule_.longest_run;
      windows_.push_back(window);
    }
  }
}

// Windows of one item that touch and lie about as far along become one. A second copy of the item,
// however close, lies farther along and keeps a window of its own: the aligner would take it for a
// repeat of the first.
void ItemMatcher::merge_windows() {
  std::sort(windows_.begin(), windows_.end(), [](const Window& x, const Window& y) {
    return std::tie(x.item, x.diagonal, x.begin) < std::tie(y.item, y.diagonal, y.begin);
  });
  std::size_t kept = 0;
  for (const Window& window : windows_) {
    Window* const last = kept > 0 ? &windows_[kept - 1] : nullptr;
    if (last != nullptr && last->item == window.item &&
        window.diagonal - last->diagonal <= slack_of(index_.tokens(window.item).size()) &&
        window.begin <= last->end && last->begin <= window.end) {
      last->begin = std::min(last->begin, window.begin);
      last->end = std::max(last->end, window.end);
      last->begin_item = std::min(last->begin_item, window.begin_item);
      last->end_item = std::max(last->end_item, window.end_item);
      last->grams += window.grams;
      last->has_run |= window.has_run;
    } else {
      windows_[kept++] = window;
    }
  }
  windows_.resize(kept);
}

// Four words in a row are often shared by chance. Nearly the whole item can only stand where that
// many of its tokens do, in whatever order.
bool ItemMatcher::may_hold(const Window& window, std::span<const std::uint32_t> text) {
  if (window.has_run) return true;
  const std::span<const std::uint32_t> item = index_.tokens(window.item);
  const std::size_t fewest =
      std::min(ItemRule::fewest_equal(item.size()), rule_.passage_tokens);
  if (item.size() > kMostWhole && window.grams < kFewestGrams) return false;
  if (window.item != sorted_item_) {
    sorted_.assign(item.begin(), item.end());
    std::sort(sorted_.begin(), sorted_.end());
    sorted_item_ = window.item;
  }
  std::size_t common = 0;
  for (std::size_t j = window.begin; j < window.end && common < fewest; ++j) {
    common += std::binary_search(sorted_.begin(), sorted_.end(), text[j]) ? 1 : 0;
  }
  return common >= fewest;
}

void ItemMatcher::examine(const Window& window, std::span<const std::uint32_t> text) {
  const std::span<const std::uint32_t> item = index_.tokens(window.item);
  aligner_.prepare(item.subspan(window.begin_item, window.end_item - window.begin_item));
  for (Passage& passage : aligner_.align(text.subspan(window.begin, window.end - window.begin))) {
    ItemHit hit;
    for (const SharedRun& run : passage.runs) {
      hit.longest_run = std::max(hit.longest_run, run.length);
    }
    const std::size_t width =
        std::max(passage.end_a - passage.begin_a, passage.end_b - passage.begin_b);
    if (passage.matched >= ItemRule::fewest_equal(item.size()) &&
        width <= ItemRule::widest(item.size())) {
      hit.kind = ItemHitKind::kWhole;
    } else if (hit.longest_run >= rule_.longest_run) {
      hit.kind = ItemHitKind::kRun;
    } else if (passage.matched >= rule_.passage_tokens) {
      hit.kind = ItemHitKind::kPassage;
    } else {
      continue;
    }
    hit.item = window.item;
    passage.begin_a += window.begin_item;
    passage.end_a += window.begin_item;
    passage.begin_b += window.begin;
    passage.end_b += window.begin;
    for (SharedRun& run : passage.runs) {
      run.begin_a += window.begin_item;
      run.begin_b += window.begin;
    }
    hit.passage = std::move(passage);
    hits_.push_back(std::move(hit));
  }
}

std::span<const ItemHit> ItemMatcher::find(std::span<const std::uint32_t> text) {
  hits_.clear();
  collect_windows(text);
  if (windows_.empty()) return hits_;
  merge_windows();
  for (const Window& window : windows_) {
    if (may_hold(window, text)) examine(window, text);
  }
  drop_nested();
  return hits_;
}

// What two windows found twice, and a part of what one found whole.
void ItemMatcher::drop_nested() {
  std::sort(hits_.begin(), hits_.end(), [](const ItemHit& x, const ItemHit& y) {
    return std::tuple(x.item, x.passage.begin_b, ~x.passage.end_b, x.passage.begin_a) <
           std::tuple(y.item, y.passage.begin_b, ~y.passage.end_b, y.passage.begin_a);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    if (kept > 0 && hits_[kept - 1].item == hits_[i].item &&
        hits_[i].passage.end_b <= hits_[kept - 1].passage.end_b) {
      continue;
    }
    if (kept != i) hits_[kept] = std::move(hits_[i]);
    ++kept;
  }
  hits_.resize(kept);
  std::sort(hits_.begin(), hits_.end(), [](const ItemHit& x, const ItemHit& y) {
    return std::tie(x.passage.begin_b, x.item, x.passage.begin_a) <
           std::tie(y.passage.begin_b, y.item, y.passage.begin_a);
  });
}

}  // namespace copydesk
