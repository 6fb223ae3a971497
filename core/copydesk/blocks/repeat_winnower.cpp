// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeat_winnower.h"

#include <algorithm>

#include "copydesk/error.h"

namespace copydesk {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15u;  // odd, so that its powers never vanish
constexpr std::uint64_t kFactor = 0xD6E8FEB86659FD93u;

// The sums above are kept modulo 2^64, where low bits never see high ones: selection needs all.
constexpr std::uint64_t scramble(std::uint64_t sum) {
  sum = (sum ^ sum >> 32) * kFactor;
  return sum ^ sum >> 32;
}

}  // namespace

// Two fifths of the window for the gram: longer grams are selected more densely, shorter ones occur
// more often in text that does not repeat over the whole window.
RepeatWinnower::RepeatWinnower(std::size_t least_tokens)
    : least_tokens_(least_tokens), gram_(std::max<std::size_t>(least_tokens * 2 / 5, 1)) {
  if (least_tokens < kFewestTokens || least_tokens > kMostTokens) {
    throw Error(ErrorCode::kInvalidOption, "a repeated span has 4 to 10000 tokens");
  }
  powers_.resize(2 * least_tokens + 1, 1);
  for (std::size_t i = 1; i < powers_.size(); ++i) powers_[i] = powers_[i - 1] * kBase;
}

void RepeatWinnower::winnow(std::span<const std::uint64_t> tokens,
                            std::vector<RepeatFingerprint>& fingerprints) {
  fingerprints.clear();
  if (tokens.size() < least_tokens_) return;
  const std::size_t grams = tokens.size() - gram_ + 1;
  const std::size_t window = least_tokens_ - gram_ + 1;  // in grams
  prefixes_.resize(tokens.size() + 1);
  grams_.resize(grams);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    prefixes_[i] = sum;
    sum = sum * kBase + tokens[i];
  }
  prefixes_[tokens.size()] = sum;
  const std::uint64_t power = powers_[gram_];
  for (std::size_t i = 0; i < grams; ++i) {
    grams_[i] = scramble(prefixes_[i + gram_] - prefixes_[i] * power);
  }

  // The rightmost of the smallest: a rule that depends on the window's own tokens only.
  const auto smallest_in = [this](std::size_t begin, std::size_t end) {
    std::size_t best = begin;
    for (std::size_t i = begin + 1; i < end; ++i) best = grams_[i] <= grams_[best] ? i : best;
    return best;
  };
  std::size_t selected = smallest_in(0, window);
  std::size_t first = 0;
  const auto emit = [&](std::size_t end) {
    fingerprints.push_back({grams_[selected], static_cast<std::uint32_t>(selected),
                            static_cast<std::uint32_t>(first),
                            static_cast<std::uint32_t>(end - first)});
    first = end;
  };
  const std::size_t windows = tokens.size() - least_tokens_ + 1;
  for (std::size_t begin = 1; begin < windows; ++begin) {
    const std::size_t last = begin + window - 1;
    if (grams_[last] <= grams_[selected]) {
      emit(begin);
      selected = last;
    } else if (selected < begin) {
      emit(begin);
      selected = smallest_in(begin, begin + window);
    }
  }
  emit(windows);
}

}  // namespace copydesk
