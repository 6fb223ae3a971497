#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Families with their versions, sources and round-ups, from compared pairs.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/pipeline/reuse/reuse_search.h"
#include "copydesk/reuse/families.h"
#include "copydesk/write/reuse_lines.h"

namespace copydesk {

// One printed version of a story, by its numbers.
struct PlacedVersion {
  std::uint32_t document = 0;
  std::uint32_t text = 0;               // the first document with the same tokens
  std::uint32_t shared_tokens = 0;      // with the fullest version
  Relation relation = Relation::kCopy;  // to the fullest version
  double coverage = 0.0;                // of the other versions in this one, on average
};

// A family without names and titles, which are many more bytes: see describe().
struct PlacedFamily {
  std::vector<PlacedVersion> versions;   // by how likely the others come from them
  std::size_t fullest = 0;               // index into versions
  std::vector<std::uint32_t> quoted_by;  // round-ups
  SourceGround ground = SourceGround::kNone;
  double confidence = 0.0;
  double lead_seconds = 0.0;

  [[nodiscard]] bool has_source() const { return confidence >= SourceEvidence::kKnown; }
};

struct StoryFamilies {
  std::vector<PlacedFamily> families;  // by versions, most first
  std::uint64_t round_ups = 0;

  // By document: its family and its place in the ranking there; kNone if it is in none.
  struct Place {
    std::uint32_t family;
    std::uint32_t rank;
  };
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::vector<Place> places;
};

// `fewest_tokens`: equal texts shorter than this are no family of their own.
[[nodiscard]] StoryFamilies build_families(const FingerprintedCorpus& corpus,
                                           const CollectedTexts& collected,
                                           std::span<const RelatedPair> pairs,
                                           std::size_t fewest_tokens);

// A family as it is written out. Throws Error{kCannotRead}.
[[nodiscard]] StoryFamily describe(const PlacedFamily& family, const CorpusTable& table,
                                   const CollectedTexts& collected);

// Which of two documents is the copy: the one ranked lower in their family, else the later one,
// else the one of which less is shared, else the second.
[[nodiscard]] bool is_first_the_copy(const RelatedPair& pair, const StoryFamilies& families,
                                     const CollectedTexts& collected);

}  // namespace copydesk
