#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A text that knows where each of its parts comes from. Everything the generator writes, from a
// clean story to a page that holds three of them among menus, is a Story; every edit turns one
// Story into another and carries the origin of the parts along. The truth files are read off the
// parts of the final text, so they cannot drift away from it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk::datasets {

enum class PartKind : std::uint8_t {
  kHeadline,
  kParagraph,
  kCaption,        // below a picture; content where it stands first
  kTitleRepeat,    // a headline that stands on the page already
  kCaptionRepeat,  // a caption that stands on the page already
  kChrome,         // a line on every page of the site: menus, share bars, footers
  kRelated,        // a line of a list of links to other stories
  kBoilerplate,    // a paragraph that many sites print: terms, credits, calls to subscribe
};

// Text that a reader came for, in contrast to what a cleaner should cut.
[[nodiscard]] bool is_content(PartKind kind);

inline constexpr std::uint64_t kNoDocument = ~0ULL;

struct Part {
  PartKind kind = PartKind::kParagraph;
  TextSpan span{};                       // in the text of this story
  std::uint64_t document = kNoDocument;  // the document it was copied from, if any
  TextSpan source{};                     // where in that document's text
  std::uint32_t story = 0;               // which of the page's stories it belongs to
  std::uint64_t block = 0;               // identity of chrome and boilerplate, 0 for content
};

// Parts in order of `span`, which do not overlap; between them stand only line feeds and spaces.
struct Story {
  std::string text;
  std::vector<Part> parts;
  std::string_view gap = "\n\n";  // between paragraphs; must outlive the story, so a literal

  void clear();

  // Puts `words` at the end, after a gap (a single line feed between two lines of a menu or list).
  // `part.span` is overwritten.
  void append(Part part, std::string_view words);
  void append(PartKind kind, std::string_view words) { append(Part{.kind = kind}, words); }

  [[nodiscard]] std::string_view words_of(const Part& part) const { return part.span.of(text); }
  // Of the first part of this kind; empty if there is none.
  [[nodiscard]] std::string_view first(PartKind kind) const;
  [[nodiscard]] std::string_view headline() const { return first(PartKind::kHeadline); }
};

// The content of document `number`, every part with its origin: what every edited copy begins as.
[[nodiscard]] Story reprint(const Story& source, std::uint64_t number);

// A run of copied text: adjacent parts of the copy that stand in the same order, with nothing
// between them, in the same source.
struct Passage {
  std::uint64_t document = 0;
  TextSpan copy;
  TextSpan source;
};
[[nodiscard]] std::vector<Passage> passages_of(const Story& story);

}  // namespace copydesk::datasets
