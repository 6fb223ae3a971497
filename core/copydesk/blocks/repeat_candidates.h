#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The first half of the search for repeated spans: which fingerprints occur more than once in a
// corpus, and what of a document has to be compared because of it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "copydesk/blocks/repeat_winnower.h"
#include "copydesk/blocks/token_store.h"
#include "copydesk/stream/record_partitions.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// A fingerprint and where it is: see RepeatFingerprint. 20 bytes, as there are many.
struct RepeatPlace {
  std::uint32_t document = 0;
  std::uint32_t first_window = 0;
  std::uint16_t windows = 0;
  std::uint16_t lead = 0;
  std::uint32_t hash_low = 0, hash_high = 0;

  [[nodiscard]] std::uint64_t hash() const { return std::uint64_t{hash_high} << 32 | hash_low; }
  friend bool operator<(const RepeatPlace& x, const RepeatPlace& y) {
    return (std::uint64_t{x.document} << 32 | x.first_window) <
           (std::uint64_t{y.document} << 32 | y.first_window);
  }
};

class RepeatJoin {
 public:
  static constexpr std::size_t kPartitions = 256;

  // `folder` is where temporary files go (empty: the system's choice).
  RepeatJoin(std::string folder, std::size_t memory_bytes)
      : places_(std::move(folder), memory_bytes, kPartitions) {}

  // Not thread-safe. Throws Error{kCannotWrite}.
  void add(std::uint32_t document, std::span<const RepeatFingerprint> fingerprints);

  // Fills `places` with those of all fingerprints of the partition that occur more than once, in no
  // particular order, and forgets the partition. Different partitions may be matched by several
  // threads at once. REQUIRES: partition < kPartitions; nothing is added any more.
  void match(std::size_t partition, std::vector<RepeatPlace>& places);

  [[nodiscard]] std::uint64_t size() const { return places_.size(); }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return places_.bytes_on_disk(); }

 private:
  RecordPartitions<RepeatPlace> places_;
};

// What of one document has to be compared.
struct RepeatCandidates {
  // Windows of the document that may occur elsewhere: those that select one fingerprint.
  struct Block {
    std::uint64_t hash = 0;       // of the fingerprint
    std::uint64_t span_hash = 0;  // of all tokens of the windows
    std::uint32_t first_window = 0;
    std::uint32_t region = 0;  // where their tokens are
    std::uint16_t windows = 0;
    std::uint16_t lead = 0;  // from the first window to the fingerprint
  };
  struct Region {
    std::uint32_t begin = 0, end = 0;  // tokens
  };
  std::vector<Block> blocks;
  std::vector<Region> regions;      // ascending, disjoint, not adjacent
  std::vector<StoredToken> tokens;  // of all regions
};

// Replaces the contents of `candidates`. REQUIRES: `places` are fingerprints of `tokens`,
// ascending, for windows of `least_tokens`; `tokens` have spans. They are used up.
void collect_candidates(std::size_t least_tokens, TokenList& tokens,
                        std::span<const RepeatPlace> places, RepeatCandidates& candidates);

}  // namespace copydesk
