// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeat_candidates.h"

#include <algorithm>
#include <bit>

namespace copydesk {

void FingerprintJoin::add(std::uint32_t document, std::span<const RepeatFingerprint> fingerprints) {
  for (const RepeatFingerprint& fingerprint : fingerprints) {
    // Of the smallest of several hashes the high bits are mostly zero: the low ones part evenly.
    entries_.add(fingerprint.hash % kPartitions,
                 {fingerprint.hash, {document, fingerprint.position}});
  }
}

// A table of hashes, filled in one walk and asked in a second: a partition is small enough for the
// cache, and nothing is sorted.
void FingerprintJoin::match(std::size_t partition, std::vector<RepeatPlace>& places) {
  std::vector<Entry> entries;
  entries_.take(partition, entries);
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;
  };
  std::vector<Slot> slots(std::bit_ceil(entries.size() * 2 + 1));
  const std::size_t mask = slots.size() - 1;
  const auto slot_of = [&](std::uint64_t hash) -> Slot& {
    std::size_t slot = (hash / kPartitions) & mask;
    while (slots[slot].count != 0 && slots[slot].hash != hash) slot = (slot + 1) & mask;
    return slots[slot];
  };
  for (const Entry& entry : entries) {
    Slot& slot = slot_of(entry.hash);
    slot.hash = entry.hash;
    slot.count = std::min(slot.count + 1, 2u);
  }
  for (const Entry& entry : entries) {
    if (slot_of(entry.hash).count > 1) places.push_back(entry.place);
  }
}

void collect_candidates(const RepeatWinnower& winnower, const TokenList& tokens,
                        std::span<const RepeatFingerprint> fingerprints,
                        std::span<const RepeatPlace> places, RepeatCandidates& candidates) {
  candidates.blocks.clear();
  candidates.regions.clear();
  candidates.tokens.clear();
  std::size_t fingerprint = 0;
  for (const RepeatPlace& place : places) {
    while (fingerprints[fingerprint].position < place.position) ++fingerprint;
    const RepeatFingerprint& found = fingerprints[fingerprint];
    const auto end = static_cast<std::uint32_t>(found.first_window + found.windows - 1 +
                                                winnower.least_tokens());
    if (candidates.regions.empty() || candidates.regions.back().end < found.first_window) {
      candidates.regions.push_back({found.first_window, end});
    }
    candidates.regions.back().end = end;
    candidates.blocks.push_back({found.hash, winnower.hash_of(found.first_window, end),
                                 found.first_window, found.windows,
                                 found.position - found.first_window,
                                 static_cast<std::uint32_t>(candidates.regions.size() - 1)});
  }
  for (const RepeatCandidates::Region& region : candidates.regions) {
    for (std::size_t i = region.begin; i < region.end; ++i) {
      candidates.tokens.push_back({static_cast<std::uint32_t>(tokens.hashes[i]),
                                   static_cast<std::uint32_t>(tokens.spans[i].begin)});
    }
  }
}

}  // namespace copydesk
