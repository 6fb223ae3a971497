// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/similarity_estimate.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace copydesk {

double estimate_jaccard(std::size_t equal, std::size_t slots) {
  assert(slots > 0 && equal <= slots);
  return static_cast<double>(equal) / static_cast<double>(slots);
}

double estimate_jaccard_packed(std::size_t equal, std::size_t slots) {
  constexpr double kChance = 1.0 / 256.0;
  return std::max(0.0, (estimate_jaccard(equal, slots) - kChance) / (1.0 - kChance));
}

// The binomial distribution, built outwards from its mode by the ratio of neighboring terms: no
// term overflows, the small ones vanish, and only additions, multiplications and divisions are
// used, so every machine finds the same number.
std::size_t minimum_agreement(std::size_t slots, double jaccard, double tail) {
  assert(slots > 0 && jaccard >= 0.0 && jaccard <= 1.0 && tail >= 0.0 && tail < 1.0);
  if (jaccard <= 0.0) return 0;
  if (jaccard >= 1.0) return slots;
  const auto n = static_cast<double>(slots);
  const double odds = jaccard / (1.0 - jaccard);
  const std::size_t mode = std::min(slots, static_cast<std::size_t>((n + 1.0) * jaccard));
  std::vector<double> weights(slots + 1);
  weights[mode] = 1.0;
  for (std::size_t i = mode; i > 0; --i) {
    const auto agreeing = static_cast<double>(i);
    weights[i - 1] = weights[i] * agreeing / ((n - agreeing + 1.0) * odds);
  }
  for (std::size_t i = mode; i < slots; ++i) {
    const auto agreeing = static_cast<double>(i);
    weights[i + 1] = weights[i] * (n - agreeing) * odds / (agreeing + 1.0);
  }
  double total = 0.0;
  for (const double weight : weights) total += weight;
  double below = 0.0;
  std::size_t agreement = 0;
  while (agreement < slots && below + weights[agreement] <= tail * total) {
    below += weights[agreement++];
  }
  return agreement;
}

// The low bits alone would not do: in a MinHash slot they depend only on the low bits of the
// element, the same in all slots.
std::size_t sure_agreement(std::size_t slots, double jaccard, double tail) {
  // Counting slots that disagree turns the upper tail into the lower one.
  const double agree = jaccard + (1.0 - jaccard) / 256.0;
  return slots + 1 - minimum_agreement(slots, 1.0 - agree, tail);
}

void pack_slots(std::span<const std::uint32_t> slots, std::span<std::uint8_t> packed) {
  assert(packed.size() == slots.size());
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const std::uint32_t folded = slots[i] ^ (slots[i] >> 15);
    packed[i] = static_cast<std::uint8_t>((folded * 0x846CA68BU) >> 24);
  }
}

}  // namespace copydesk
