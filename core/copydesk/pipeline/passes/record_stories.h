#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The stories of a record, as split writes and summarize reads them. Where `blocks --cut` took
// something out of the record they are found in the text as it was before, because the second copies
// of titles tell where stories begin; offsets are those of the text as it is.

#include <atomic>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/pipeline/passes/article_notes.h"
#include "copydesk/read/uncut_text.h"
#include "copydesk/stories/page_stories.h"

namespace copydesk {

struct RecordStory {
  TextSpan span;           // stories are ascending and disjoint; there is text in each
  std::string_view title;  // of a page the story's headline, of an article the record's title; or
                           // what there is of the other
  std::size_t first_part = 0, end_part = 0;  // see RecordStories::body
};

// Reuses its buffers; one object per thread.
class RecordStories {
 public:
  // `masked` is the document's text, blank where it is `left_out`. What is no page has one story,
  // whose body is all of it but its headline; `as_page` takes it for a page. Views are valid until
  // the next call, and as long as what is given. What a call leaves that was stopped is of no use.
  void find(const Document& document, std::string_view masked, std::span<const TextSpan> left_out,
            bool as_page, const std::atomic<bool>* stop);

  // What find() found out, if the document is an article; and the same again from a note of that
  // document, much faster.
  [[nodiscard]] const ArticleNote& note() const { return note_; }
  void recall(const Document& document, std::string_view masked, const ArticleNote& note);

  // None for a text without words.
  [[nodiscard]] std::span<const RecordStory> stories() const { return stories_; }
  // Of the document's text: ascending and disjoint, of a page without what is left out. An empty
  // one, of a page, stands for a line feed.
  [[nodiscard]] std::span<const TextSpan> body(const RecordStory& story) const {
    return std::span(parts_).subspan(story.first_part, story.end_part - story.first_part);
  }
  [[nodiscard]] bool is_page() const { return is_page_; }
  // Of a program the body is what it says to people; whoever cleans pages leaves it whole.
  [[nodiscard]] bool is_program() const { return is_program_; }

 private:
  void add(const Document& document, const PageStory& story, std::string_view text, bool was_cut,
           std::span<const TextSpan> left_out);

  PageStories page_;
  UncutText uncut_;
  std::vector<RecordStory> stories_;
  std::vector<TextSpan> parts_;
  ArticleNote note_;
  bool is_page_ = false, is_program_ = false;
};

// Appends what of `part` is not left out, or `part` if it is empty; `left_out` is ascending and
// disjoint.
void append_without(std::span<const TextSpan> left_out, TextSpan part,
                    std::vector<TextSpan>& parts);

}  // namespace copydesk
