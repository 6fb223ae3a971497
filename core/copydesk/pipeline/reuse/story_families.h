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

struct StoryFamilies {
  std::vector<StoryFamily> families;  // by versions, most first
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

// Which of two documents is the copy: the one ranked lower in their family, else the later one,
// else the one of which less is shared, else the second.
[[nodiscard]] bool is_first_the_copy(const RelatedPair& pair, const StoryFamilies& families,
                                     const CollectedTexts& collected);

}  // namespace copydesk
