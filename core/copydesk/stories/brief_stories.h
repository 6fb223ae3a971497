#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Pages of short stories: briefs, a week of a village, letters to the editor. Two paragraphs are
// too few to tell by their words whether one matter ends and another begins; a whole page of them
// is not. Where every headline speaks for what stands under it and for nothing else, and no two
// parts that follow each other have more in common than any two texts of a language, the page is a
// series of stories. The headings of one article are not like that: its matter, people and places
// come back in all of its sections.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/stories/page_prose.h"
#include "copydesk/stories/story.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

// A headline, and the line of prose that it stands in front of.
struct HeadOfProse {
  std::uint32_t line = 0;   // of ShapedText::lines
  std::uint32_t prose = 0;  // of PageProse::lines()
  bool has_label = false;   // "Read also: The new ferry is here"
};

// Reuses its buffers; one object per thread.
class BriefStories {
 public:
  // Replaces each of `stories`, which tile the page, by the stories it is a series of, if it is
  // one. `heads` are ascending. REQUIRES: the terms of `prose` are numbered; all is of the same
  // text. Time is linear in the terms.
  void split(const ShapedText& shaped, const PageProse& prose, std::span<const HeadOfProse> heads,
             std::vector<Story>& stories);

  // Whether sections of which the longest has so many of so many words may be a series.
  [[nodiscard]] static bool may_be_series(std::uint64_t longest, std::uint64_t words) {
    return static_cast<double>(longest) <= kMostOfLongestOfTwo * static_cast<double>(words);
  }

 private:
  // Words of the longest section, as a share of all; of two alone.
  static constexpr double kMostOfLongest = .6, kMostOfLongestOfTwo = .75;
  // A headline and the lines of prose up to the next one.
  struct Section {
    std::uint32_t headline = kNoLine;
    std::uint32_t begin = 0, end = 0;  // of the prose of the page
    std::uint32_t words = 0;           // of prose, and of the headline
    std::uint32_t words_of_headline = 0;
    bool has_label = false, is_numbered = false;  // the headline
    // Of the terms of the headline: shares that stand in its own section, in the one before, and,
    // of the headline before, in this one.
    double own = 0.0, before = 0.0, of_before = 0.0;
    double of_first = 0.0;  // of the first headline, or the title before, in this section
    double shared = 0.0;    // of the terms of the shorter one of this section and the one before
  };
  // Over all sections.
  struct Totals {
    std::uint32_t longest = 0, words = 0, words_of_headlines = 0;
  };

  void find_sections(const ShapedText& shaped, std::span<const HeadOfProse> heads,
                     const Story& story);
  void weigh_sections(const ShapedText& shaped, const PageProse& prose, std::uint32_t title_line);
  [[nodiscard]] double share_in(const HeadlineTerms& headline, std::uint32_t section) const;
  [[nodiscard]] bool find_series(const ShapedText& shaped, const PageProse& prose,
                                 std::span<const HeadOfProse> heads, const Story& story);
  [[nodiscard]] bool is_series() const;
  [[nodiscard]] static bool is_story(const Section& section, double mean_words);
  [[nodiscard]] Totals totals() const;
  [[nodiscard]] bool are_comparable() const;
  [[nodiscard]] bool join_sections();
  void add_stories(const Story& story, std::vector<Story>& stories) const;
  void keep_cuts(std::vector<Story>& stories);

  std::vector<Section> sections_;
  std::vector<std::uint32_t> last_section_;  // by number of a term: 1 + the last one that has it
  HeadlineTerms headline_, before_, first_, title_;
  std::vector<Story> before_split_, series_;
};

}  // namespace copydesk
