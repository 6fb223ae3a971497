// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeat_candidates.h"

#include <algorithm>
#include <bit>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {

void RepeatJoin::add(std::uint32_t document, std::span<const RepeatFingerprint> fingerprints) {
  for (const RepeatFingerprint& fingerprint : fingerprints) {
    // Of the smallest of several hashes the high bits are mostly zero: the low ones part evenly.
    places_.add(fingerprint.hash % kPartitions,
                {document, fingerprint.first_window, fingerprint.windows, fingerprint.lead,
                 static_cast<std::uint32_t>(fingerprint.hash),
                 static_cast<std::uint32_t>(fingerprint.hash >> 32)});
  }
}

namespace {

// Which hashes were seen, and which of them more than once. Open addressing, at most half full.
class HashCounts {
 public:
  explicit HashCounts(std::size_t expected) : slots_(std::bit_ceil(expected * 2 + 2)) {}

  void add(std::uint64_t hash) {
    Slot& slot = slots_[slot_of(hash)];
    if (slot.count == 0 && ++size_ * 2 > slots_.size()) {
      grow();
      slots_[slot_of(hash)] = {hash, 1};
      return;
    }
    slot.hash = hash;
    slot.count = std::min(slot.count + 1, 2u);
  }
  [[nodiscard]] bool repeats(std::uint64_t hash) const { return slots_[slot_of(hash)].count > 1; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;
  };

  // Where the hash is, or the empty slot where it belongs. All hashes of a partition are equal in
  // what is left out.
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = (hash / RepeatJoin::kPartitions) & mask;
    while (slots_[slot].count != 0 && slots_[slot].hash != hash) slot = (slot + 1) & mask;
    return slot;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.count != 0) slots_[slot_of(slot.hash)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

// More places than this may have few hashes: ten million windows of equal words have one.
constexpr std::size_t kMostExpected = std::size_t{1} << 16;

}  // namespace

// A table of hashes, filled in one walk and asked in a second: a partition is small enough for the
// cache, and nothing is sorted.
void RepeatJoin::match(std::size_t partition, std::vector<RepeatPlace>& places) {
  places_.take(partition, places);
  HashCounts counts(std::min(places.size(), kMostExpected));
  for (const RepeatPlace& place : places) counts.add(place.hash());
  std::erase_if(places, [&](const RepeatPlace& place) { return !counts.repeats(place.hash()); });
}

// Spans are twice what is kept of a token, and of a long text there is no room for both: what is kept
// is first written over the hashes.
void collect_candidates(std::size_t least_tokens, TokenList& tokens,
                        std::span<const RepeatPlace> places, RepeatCandidates& candidates) {
  candidates.blocks.clear();
  candidates.regions.clear();
  candidates.tokens.clear();
  candidates.blocks.reserve(places.size());
  for (const RepeatPlace& place : places) {
    const auto end =
        static_cast<std::uint32_t>(place.first_window + place.windows - 1 + least_tokens);
    if (candidates.regions.empty() || candidates.regions.back().end < place.first_window) {
      candidates.regions.push_back({place.first_window, end});
    }
    candidates.regions.back().end = end;
    const std::uint64_t* const first = tokens.hashes.data() + place.first_window;
    candidates.blocks.push_back(
        {place.hash(), XXH3_64bits(first, (end - place.first_window) * sizeof *first),
         place.first_window, static_cast<std::uint32_t>(candidates.regions.size() - 1),
         place.windows, place.lead});
  }
  std::size_t size = 0;
  for (const RepeatCandidates::Region& region : candidates.regions) {
    for (std::size_t i = region.begin; i < region.end; ++i) {
      tokens.hashes[size++] =
          std::bit_cast<std::uint64_t>(StoredToken{static_cast<std::uint32_t>(tokens.hashes[i]),
                                                   static_cast<std::uint32_t>(tokens.spans[i].begin)});
    }
  }
  constexpr std::size_t kLongText = std::size_t{1} << 20;
  tokens.spans.clear();
  if (tokens.size() > kLongText) tokens.spans.shrink_to_fit();
  candidates.tokens.resize(size);
  std::transform(tokens.hashes.begin(), tokens.hashes.begin() + static_cast<std::ptrdiff_t>(size),
                 candidates.tokens.begin(),
                 [](std::uint64_t token) { return std::bit_cast<StoredToken>(token); });
}

}  // namespace copydesk
