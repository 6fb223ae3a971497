#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Makes the sample corpus of the README: a few hundred short news stories of an invented coast,
// with copies among them that a newsroom would recognize, and the truth about which they are.

#include <cstdint>
#include <string>
#include <vector>

#include "generate/random.h"
#include "generate/story.h"

namespace copydesk::datasets {

struct WireFiles {
  std::string documents;  // wire.jsonl
  std::string truth;      // truth.jsonl: every pair of documents that tell the same story
};

struct PageFiles {
  std::string documents;  // pages.jsonl
  std::string blocks;     // pages_blocks.jsonl: what is not the story
  std::string stories;    // pages_stories.jsonl: where each story of a page stands
};

// The seed of the files that are kept in the tree.
inline constexpr std::uint64_t kSampleSeed = 1871;

// Both read the material files in `folder`, and give the same bytes for the same files and seed.
// Throw Error{kCannotOpen, kCorruptFile}.
[[nodiscard]] WireFiles make_wire(const std::string& folder, std::uint64_t seed);
[[nodiscard]] PageFiles make_pages(const std::string& folder, std::uint64_t seed);

// The stories both are made of, none like another: the Jaccard similarity of the 5-word shingles of
// any two is below 0.1.
[[nodiscard]] std::vector<Story> tell_stories(const std::string& folder, std::uint64_t seed);

// A printed copy of a story: when, where, under which address.
struct Outlet {
  std::string site;
  std::string name;
};
[[nodiscard]] const std::vector<Outlet>& outlets();
// Minutes since the start of the sample's year to "2031-02-03T04:05:00Z".
[[nodiscard]] std::string timestamp(std::uint64_t minutes);
[[nodiscard]] std::string address(const std::string& site, std::uint64_t minutes,
                                  std::string_view headline, std::uint64_t number);

}  // namespace copydesk::datasets
