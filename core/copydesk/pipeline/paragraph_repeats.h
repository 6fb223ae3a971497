#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

// One paragraph of the corpus, and after find_repeated_paragraphs() one that repeats.
struct ParagraphPlace {
  std::uint64_t key = 0;
  std::uint32_t document = 0;
  std::uint32_t rank = 0;   // 0 for the first copy in input order, 1 for the second, ...
  std::uint64_t begin = 0;  // byte offset in its text
  std::uint64_t end = 0;
};

struct ParagraphGroup {
  std::uint32_t count = 0;
  std::uint32_t first_document = 0;
  std::uint64_t first_begin = 0;
};

struct RepeatedParagraphs {
  std::vector<ParagraphPlace> places;  // in input order; key is an index into groups
  std::vector<ParagraphGroup> groups;

  // Those of one document.
  [[nodiscard]] std::span<const ParagraphPlace> of(std::uint32_t document) const;
};

// The paragraphs whose key occurs more than once. Takes the places in input order.
[[nodiscard]] RepeatedParagraphs find_repeated_paragraphs(std::vector<ParagraphPlace> places);

}  // namespace copydesk
