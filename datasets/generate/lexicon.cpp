// SPDX-License-Identifier: Apache-2.0
#include "generate/lexicon.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <unordered_set>

namespace copydesk::datasets {
namespace {

// Frequent words are short (Zipf's other law).
std::size_t syllables(const Script& script, std::size_t rank, bool names, Random& random) {
  if (names) return 2 + random.below(2);
  const bool ideographs = script.space.empty();
  if (rank < 80) return 1;
  if (ideographs) return 2 + (random.chance(0.1) ? 1 : 0);
  return 2 + (random.chance(0.3) ? 1 : 0);
}

}  // namespace

Lexicon::Lexicon(const Script& script, std::size_t size, bool names, std::uint64_t seed) {
  assert(size > 0 && size <= 65536);
  Random random(seed);
  std::unordered_set<std::string> known;
  slots_.reserve(size);
  while (slots_.size() < size) {
    std::string word;
    const std::size_t count = syllables(script, slots_.size(), names, random);
    for (std::size_t index = 0; index < count; ++index) append_syllable(word, script, random);
    if (word.empty() || word.size() >= kSlotBytes || !known.insert(word).second) continue;
    if (names) capitalize(word.data());
    Slot slot;
    std::copy(word.begin(), word.end(), slot.bytes.begin());
    slot.bytes.back() = static_cast<char>(word.size());
    slots_.push_back(slot);
  }
  fill_quantiles();
}

// Point p stands for the ranks whose share of the cumulated weights 1/1 + 1/2 + ... + 1/r begins in
// [p, p + 1) / 4096. Division and addition only: these are the same on every machine.
void Lexicon::fill_quantiles() {
  double total = 0;
  for (std::size_t rank = 0; rank < size(); ++rank) total += 1.0 / static_cast<double>(rank + 1);
  quantiles_.resize(kQuantiles);
  std::size_t rank = 0;
  double reached = 1.0;
  for (std::uint32_t point = 0; point < kQuantiles; ++point) {
    const double end = total * static_cast<double>(point + 1) / kQuantiles;
    const std::size_t first = rank;
    while (reached < end && rank + 1 < size()) {
      ++rank;
      reached += 1.0 / static_cast<double>(rank + 1);
    }
    quantiles_[point] = {static_cast<std::uint16_t>(first),
                         static_cast<std::uint16_t>(rank - first + 1)};
  }
}

}  // namespace copydesk::datasets
