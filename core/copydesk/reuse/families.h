#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Pairs to families: the versions of one story. Families do not chain: neither through templates
// nor through pages that quote several stories, and a document joins for what it shares with the
// center of a family or with most of it, not with its last member.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "copydesk/reuse/relation.h"

namespace copydesk {

struct FamilyOptions {
  // The share of one of two documents that must be in the other for them to be versions of a story.
  double minimum_share = 0.4;
  // Documents whose rare tokens overlap less than this are about different things.
  double same_subject = 0.1;
};

// Which documents belong together. Members are sets of equal texts by their first document.
struct Family {
  std::vector<std::uint32_t> members;    // ascending
  std::vector<std::uint32_t> quoted_by;  // round-ups that hold text of it, ascending
};

struct FamilyGraph {
  std::vector<Family> families;          // by size, largest first, then by first member
  std::vector<std::uint32_t> round_ups;  // documents that hold several stories, ascending
};

// The share of the rare tokens of the shorter of two documents that are in the other. What is in
// `versions` documents and a few more is rare still: the names in a story that was printed so
// often.
using RareOverlap = std::function<double(std::uint32_t a, std::uint32_t b, std::uint32_t versions)>;

// `rare_overlap` is asked for few pairs. REQUIRES: `pairs` are ascending, each once.
[[nodiscard]] FamilyGraph group_families(std::span<const RelatedPair> pairs,
                                         const FamilyOptions& options,
                                         const RareOverlap& rare_overlap);

// The pairs of one document, from either side.
class PairsByDocument {
 public:
  // Holds a reference to `pairs`.
  explicit PairsByDocument(std::span<const RelatedPair> pairs);

  // Indices of pairs, for at(), by the number of the other document.
  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t document) const;
  [[nodiscard]] const RelatedPair& at(std::uint32_t index) const { return pairs_[index]; }
  // The pair of two documents, or null.
  [[nodiscard]] const RelatedPair* find(std::uint32_t a, std::uint32_t b) const;

 private:
  std::span<const RelatedPair> pairs_;
  std::vector<std::uint32_t> documents_;  // ascending, each once
  std::vector<std::size_t> begins_;       // of a document's indices; one more than documents
  std::vector<std::uint32_t> indices_;
};

}  // namespace copydesk
