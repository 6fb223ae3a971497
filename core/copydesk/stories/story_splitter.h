#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A page cut into its stories: rule S2 of docs/blocks.md. What stands between two lines of prose is
// a zone; a zone with a headline is cut where its two sides share few words, the sooner the more
// speaks for a new story: a headline printed twice, a date or a credit behind it, a list of
// headlines before it. What becomes of a page depends on that page alone.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/stories/brief_stories.h"
#include "copydesk/stories/line_copies.h"
#include "copydesk/stories/matter_of_stories.h"
#include "copydesk/stories/page_prose.h"
#include "copydesk/stories/prose_windows.h"
#include "copydesk/stories/story.h"
#include "copydesk/stories/text_outline.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

// Reuses its buffers; one object per thread.
class StorySplitter {
 public:
  // Replaces the contents of `stories`: one at least if the text has a line. Terms of lines of
  // prose become their numbers, but where a page is one story at first sight. `shaped` and
  // `copies` are of `text`. Looks at `stop`, which may be null; a run that was stopped gives one
  // story. Time is linear in the terms.
  void split(std::string_view text, ShapedText& shaped, const LineCopies& copies,
             std::vector<Story>& stories, const std::atomic<bool>* stop = nullptr);

  // Makes numbers of the terms where split() has not. REQUIRES: `shaped` is what was split last.
  void number_terms(ShapedText& shaped) { prose_terms_.number(shaped); }

  // Whether the text split last is a document by its form: a manual, a list of changes, Markdown. What a site
  // puts around its stories is in none.
  [[nodiscard]] bool is_document() const { return is_document_; }

  // The line of prose with which comments begin that bear dates in a rhythm; kNoLine if there are
  // none.
  [[nodiscard]] std::uint32_t first_comment() const;

  // The headline of a story whose text begins with line `body`: the open line of the 40 in front of
  // it that shares most with the text and is longest and closest; the story's title if none of them
  // speaks for it. REQUIRES: `story` is of the text split last, and `shaped` is of that.
  [[nodiscard]] std::uint32_t title_before(const ShapedText& shaped, const Story& story,
                                           std::uint32_t body);

  // The lines of prose that are no later copies, ascending, of the text split last.
  [[nodiscard]] std::span<const ProseLine> prose() const { return prose_; }
  // How many different terms they have, once these are numbered.
  [[nodiscard]] std::size_t vocabulary() const { return prose_terms_.vocabulary().size(); }

 private:
  // A headline that speaks for less of what follows is none, unless it is printed twice.
  static constexpr double kLittleOverlapOfTitle = .1;
  struct Headline {
    std::uint32_t line = kNoLine;
    double score = 0.0;
    ProseWindows::Overlap overlap;
  };
  struct Evidence;
  void find_threads(const ShapedText& shaped);
  void find_gap_sign(const ShapedText& shaped);
  void find_ends(const ShapedText& shaped, const LineCopies& copies);
  void weigh_gaps(const ShapedText& shaped, const std::atomic<bool>* stop);
  void cut(const ShapedText& shaped, const LineCopies& copies, std::vector<Story>& stories,
           const std::atomic<bool>* stop);
  [[nodiscard]] bool is_one_story(const ShapedText& shaped, std::uint32_t& title) const;
  [[nodiscard]] bool may_hold_cut(const ShapedText& shaped, TextSpan zone) const;
  [[nodiscard]] TextSpan zone_before(const ShapedText& shaped, std::size_t prose) const;
  // The best headline of zone [begin, end) whose terms begin at entry `at` of shaped.of_lines.
  // Behind prose those with the number of a section are left out unless they are asked for.
  [[nodiscard]] Headline find_headline(const ShapedText& shaped, const LineCopies& copies,
                                       TextSpan zone, std::size_t& at,
                                       bool with_numbers = false) const;
  // Whether no part between two of heads_ is most of the page.
  [[nodiscard]] bool may_be_series() const;
  void add_head(const ShapedText& shaped, const LineCopies& copies, TextSpan zone, std::size_t at,
                Headline headline);
  void choose_heads(const ShapedText& shaped);
  [[nodiscard]] bool asks_on(const ShapedText& shaped, std::size_t line) const;
  [[nodiscard]] bool is_listed(const ShapedText& shaped, TextSpan zone, std::size_t line) const;
  [[nodiscard]] bool is_in_row(const ShapedText& shaped, TextSpan zone, std::size_t line) const;
  [[nodiscard]] bool opens_prose(const ShapedText& shaped, const LineTerms& terms) const;
  // Of the page, whose first zone has the entries of shaped.of_lines up to `end`, and `best` for a
  // headline.
  [[nodiscard]] Headline find_first_headline(const ShapedText& shaped, TextSpan zone,
                                             std::size_t end, const Headline& best) const;
  [[nodiscard]] Evidence evidence_of(const ShapedText& shaped, TextSpan zone,
                                     const Headline& headline, bool in_thread) const;
  // Whether both windows have at least so many lines and words.
  [[nodiscard]] bool are_long(std::size_t lines, std::uint64_t words) const;
  [[nodiscard]] bool is_told_like_first(const ShapedText& shaped, const Headline& headline,
                                        bool in_thread) const;
  [[nodiscard]] bool is_cut(const ShapedText& shaped, TextSpan zone, const Headline& headline,
                            bool in_thread);
  [[nodiscard]] bool has_widest_gap(const ShapedText& shaped, TextSpan zone) const;
  [[nodiscard]] bool is_cut_without_headline(const ShapedText& shaped, TextSpan zone);
  [[nodiscard]] bool has_rule_before(const ShapedText& shaped, std::size_t line) const;
  [[nodiscard]] std::uint32_t begin_of_story(const ShapedText& shaped, TextSpan zone,
                                             Headline& headline) const;

  std::string_view text_;
  PageProse prose_terms_;
  TextOutline outline_;
  std::uint32_t first_title_ = kNoLine;  // of the page
  bool is_document_ = false;
  std::span<const ProseLine> prose_;     // its lines
  std::vector<bool> in_thread_;          // by line of prose: the zone before it is one of a thread
  std::vector<std::uint32_t> ends_;      // by line of prose: where the next likely story begins
  std::vector<float> gap_likeness_;      // by line of prose: of both sides of the gap before it
  ProseWindows windows_;
  MatterOfStories matter_;
  BriefStories briefs_;
  std::vector<HeadOfProse> heads_;  // of the zones that cut() looked at
  std::uint16_t gap_sign_ = 0;  // of lines before which there is more room than usual
};

}  // namespace copydesk
