#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The sorts of documents a corpus is made of, and how much of each.

#include <array>
#include <cstdint>
#include <string_view>

namespace copydesk::datasets {

enum class Kind : std::uint8_t {
  kStory,  // clean and unlike everything else; what most copies are copies of
  // Copies of one story.
  kExact,
  kHeadline,
  kTrimmedTail,  // 70 % kept
  kTrimmedHalf,
  kFirstParagraphs,
  kReordered,
  kWords1,
  kWords3,
  kWords10,
  kWords20,
  kOcr1,
  kOcr3,
  kCase,
  kPunctuation,
  kQuotes,
  kWhiteSpace,
  kUnicodeForm,
  kEmbedded,  // in a page with the site's menus and links to other stories
  // Not quite copies.
  kGlued,   // two or three stories in one page
  kUpdate,  // a later state of a running story
  kFamily,  // printed by 2 to 200 outlets, from each other
  // New text in a page.
  kPage,         // with site chrome
  kRepeats,      // title and caption printed again
  kBoilerplate,  // with paragraphs that many sites print
  kTemplate,     // form shared, content not: must never be merged
};
inline constexpr std::size_t kKinds = 26;

// "story", "trimmed_tail", ...: the names in the truth files and of --rate.
[[nodiscard]] std::string_view name_of(Kind kind);
// Throws Error{kInvalidOption}.
[[nodiscard]] Kind kind_of(std::string_view name);

// An edited copy of one story, a member of its cluster.
[[nodiscard]] constexpr bool is_copy(Kind kind) {
  return kind >= Kind::kExact && kind <= Kind::kEmbedded;
}

// The share of the documents that each kind has; the rest are stories.
class Rates {
 public:
  // Stories only.
  Rates() = default;
  // "default", "pairs", "pages", "families", "templates" or "stories". Throws
  // Error{kInvalidOption}.
  [[nodiscard]] static Rates plan(std::string_view name);

  // In [0, 1]; kStory has what the others leave.
  [[nodiscard]] double of(Kind kind) const;
  // Throws Error{kInvalidOption} for a share outside [0, 1], or of kStory.
  void set(Kind kind, double share);
  // Throws Error{kInvalidOption} unless at least 5 % of the documents are stories.
  void check() const;

  // The kind whose interval of the cumulated shares holds `point`, in [0, 1).
  [[nodiscard]] Kind at(double point) const;

 private:
  std::array<double, kKinds> shares_{};
};

}  // namespace copydesk::datasets
