#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What of a record is summarized, and counted: of an article all but its headline, of a page the
// text of each of its stories. A page of two stories among menus and captions gives two texts
// without these, and so do the two records that `split` makes of it: these say what is their body.

#include <atomic>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/pipeline/passes/record_stories.h"

namespace copydesk {

enum class PageMode {
  kAuto,     // each text decides: a page if there is matter around its stories
  kPage,     // every text is a page, unless it is longer than page_part() of it
  kArticle,  // none is
};

struct StoryText {
  std::string_view text;
  std::string_view counted;  // the same, blank where it is masked
  std::string_view title;    // may be empty
  std::size_t number = 0;    // of the story in its page, from 1; 0 for an article
  std::span<const TextSpan> parts;     // of the document's text that `text` is made of; none if it
                                       // is all of it
  std::span<const TextSpan> excluded;  // of an article: what of `text` is masked
};

// Reuses its buffers; one object per thread.
class StoryTexts {
 public:
  // `stop` may be null; it must outlive this object.
  StoryTexts(PageMode mode, const std::atomic<bool>* stop) : mode_(mode), stop_(stop) {}

  // One text at least. `masked` is the document's text, blank where it is `left_out`. Views are
  // valid until the next call, and as long as what is given. What a call gives that was stopped is
  // of no use. `known` is what note() said of the same document in an earlier pass.
  std::span<const StoryText> read(const Document& document, std::string_view masked,
                                  std::span<const TextSpan> left_out,
                                  const ArticleNote& known = {});

  // Of the document read last.
  [[nodiscard]] const ArticleNote& note() const { return note_; }
  // Whether the document read last is a page.
  [[nodiscard]] bool is_page() const { return is_page_; }

 private:
  void add_whole(const Document& document, std::string_view masked,
                 std::span<const TextSpan> left_out);
  void add_article(const Document& document, std::string_view masked,
                   std::span<const TextSpan> left_out, std::string_view title,
                   std::span<const TextSpan> parts);
  void add_stories(const Document& document);

  PageMode mode_;
  const std::atomic<bool>* stop_;
  RecordStories stories_;
  std::vector<TextSpan> parts_;     // that a record says are its body
  std::vector<TextSpan> excluded_;  // in the text of an article
  std::vector<std::string> bodies_;
  std::string counted_;
  ArticleNote note_;
  std::vector<StoryText> texts_;
  bool is_page_ = false;
};

}  // namespace copydesk
