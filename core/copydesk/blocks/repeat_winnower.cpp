// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeat_winnower.h"

#include <algorithm>

#include "copydesk/error.h"
#include "copydesk/kernels/shingle_hash.h"

namespace copydesk {
namespace {

constexpr std::size_t kLongestGram = 64;  // no longer one is needed to tell passages apart

// A gram by its hash and, among equals, by its place, the last one first: grams of one sequence are
// never equal, so the smallest of a window is one number. Half of a hash is enough to choose by, as
// it depends on the gram alone.
constexpr std::uint64_t order_of(std::uint64_t hash, std::size_t place) {
  return (hash & 0xFFFFFFFF00000000u) | (0xFFFFFFFFu - place);
}
constexpr std::size_t place_of(std::uint64_t order) {
  return 0xFFFFFFFFu - (order & 0xFFFFFFFFu);
}

}  // namespace

// Two fifths of the window for the gram: longer grams are selected more densely, shorter ones occur
// more often in text that does not repeat over the whole window.
RepeatWinnower::RepeatWinnower(std::size_t least_tokens)
    : least_tokens_(least_tokens),
      gram_(std::clamp<std::size_t>(least_tokens * 2 / 5, 1, kLongestGram)) {
  if (least_tokens < kFewestTokens || least_tokens > kMostTokens) {
    throw Error(ErrorCode::kInvalidOption, "a repeated span has 4 to 10000 tokens");
  }
  smallest_.resize(least_tokens_ - gram_ + 1);
}

// Smallest of every window by blocks of a window's length: of the rest of the block in which it
// begins, found from behind, and of the next block up to where it ends. Without a branch that
// depends on the text [van Herk, Pattern Recognition Letters 13(7), 1992].
void RepeatWinnower::winnow(std::span<const std::uint64_t> tokens,
                            std::vector<RepeatFingerprint>& fingerprints) {
  fingerprints.clear();
  if (tokens.size() < least_tokens_) return;
  grams_.resize(tokens.size() - gram_ + 1);
  hash_shingles(tokens.data(), tokens.size(), gram_, grams_.data());
  const std::uint64_t* const grams = grams_.data();
  const std::size_t length = least_tokens_ - gram_ + 1;  // of a window, in grams
  const std::size_t windows = tokens.size() - least_tokens_ + 1;
  // What is selected at a window is written behind the last fingerprint, and stays if it is new.
  // Few of them are, so that there is room for all windows of a block only.
  std::size_t chosen = 0;
  Selected* selected = nullptr;
  std::uint64_t last = 0;
  const auto select = [&](std::uint64_t order, std::size_t window) {
    *selected = {order, window};
    selected += order != last;
    last = order;
  };
  for (std::size_t block = 0; block < windows; block += length) {
    if (selected_.size() < chosen + length + 1) {
      selected_.resize(std::max(2 * selected_.size(), chosen + length + 1));
    }
    selected = selected_.data() + chosen;
    std::uint64_t smallest = UINT64_MAX;
    for (std::size_t i = length; i-- > 0;) {
      smallest = std::min(smallest, order_of(grams[block + i], block + i));
      smallest_[i] = smallest;
    }
    select(smallest, block);
    const std::size_t count = std::min(length, windows - block);
    const std::size_t next = block + length - 1;
    smallest = UINT64_MAX;
    for (std::size_t i = 1; i < count; ++i) {
      smallest = std::min(smallest, order_of(grams[next + i], next + i));
      select(std::min(smallest, smallest_[i]), block + i);
    }
    chosen = static_cast<std::size_t>(selected - selected_.data());
  }
  *selected = {0, windows};
  for (const Selected* at = selected_.data(); at != selected; ++at) {
    const std::size_t place = place_of(at->order);
    fingerprints.push_back({grams[place], static_cast<std::uint32_t>(at->window),
                            static_cast<std::uint16_t>(at[1].window - at->window),
                            static_cast<std::uint16_t>(place - at->window)});
  }
}

}  // namespace copydesk
