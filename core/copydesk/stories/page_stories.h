#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A text as a page: its stories, each with its title and the lines that are its text. Whoever cuts
// pages and whoever summarizes them see the same stories here.

#include <atomic>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/stories/line_copies.h"
#include "copydesk/stories/program_text.h"
#include "copydesk/stories/spoken_text.h"
#include "copydesk/stories/story_body.h"
#include "copydesk/stories/story_splitter.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

struct PageStory {
  TextSpan span;                             // stories tile the page
  TextSpan title;                            // a line of the page; empty if there is none
  TextSpan title_lines;                      // all that goes with the title if it is left out
  std::size_t first_part = 0, end_part = 0;  // see PageStories::body
};

// Reuses its buffers; one object per thread.
class PageStories {
 public:
  // REQUIRES: `text` is valid UTF-8. Looks at `stop`, which may be null; what a
  // stopped call leaves is of no use. Without `as_page`, which is faster, the body of a text that
  // is no page is all but its headline. Of programs, patches and logs of versions the body is what
  // they say to people.
  void find(std::string_view text, const std::atomic<bool>* stop = nullptr, bool as_page = true);

  // None for a text without words.
  [[nodiscard]] std::span<const PageStory> stories() const { return stories_; }
  // The text of a story, ascending and disjoint: whole lines; where people speak, without times and
  // names in front of what they say. An empty part stands for a line feed between two turns.
  [[nodiscard]] std::span<const TextSpan> body(const PageStory& story) const {
    return std::span(parts_).subspan(story.first_part, story.end_part - story.first_part);
  }
  // Whether the text is a page, with matter around its stories, and no bare article: it has several
  // stories, or credits, dates, notices, or titles and captions printed twice, or three headlines
  // and more before or behind all prose, or is a record of what people said or a program.
  [[nodiscard]] bool is_page() const { return is_page_; }
  // Whether it is a program, a patch or a log of versions.
  [[nodiscard]] bool is_program() const { return is_program_; }

 private:
  void add(std::string_view text, const Story& story, bool with_body);
  void add_whole(std::string_view text);
  void add_plain(std::string_view text, TextSpan headline);
  void add_record(std::string_view text, std::span<const TextSpan> said, TextSpan title);
  void find_bodies(std::string_view text);
  [[nodiscard]] std::uint64_t words_of_body(std::uint32_t begin, std::uint32_t end) const;
  // The end of the story if it has none.
  [[nodiscard]] std::uint32_t first_line_of_body(const Story& story) const;
  void find_title_of_body(Story& story);
  void leave_out_comments();
  void join_side_matter(std::string_view text);
  void mark_speech();
  void leave_out_names();
  [[nodiscard]] bool looks_like_page() const;

  SpokenText spoken_;
  ProgramText program_;
  LineShaper shaper_;
  ShapedText shaped_;
  LineCopies copies_;
  StorySplitter splitter_;
  StoryBody body_;
  std::vector<Story> cuts_;
  std::vector<std::uint8_t> is_body_, is_side_;
  std::vector<PageStory> stories_;
  std::vector<TextSpan> parts_, unnamed_;
  bool is_page_ = false, is_program_ = false;
};

// Appends the body of a story; for an empty part a line feed.
void append_body(std::string_view text, std::span<const TextSpan> parts, std::string& out);

}  // namespace copydesk
