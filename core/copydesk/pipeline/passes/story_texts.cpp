// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/story_texts.h"

#include <algorithm>

#include "copydesk/blocks/page_part.h"
#include "copydesk/write/story_record.h"

namespace copydesk {
namespace {

// Made of parts of `text`; in `made`, unless there is but one.
std::string_view join(std::string_view text, std::span<const TextSpan> parts, std::string& made) {
  if (parts.size() == 1) return parts[0].of(text);
  made.clear();
  append_body(text, parts, made);
  return made;
}

// Where `spans` are in what is made of `parts`.
void place_in(std::span<const TextSpan> parts, std::span<const TextSpan> spans,
              std::vector<TextSpan>& placed) {
  placed.clear();
  std::size_t before = 0;
  for (const TextSpan& part : parts) {
    for (const TextSpan& span : spans) {
      const std::size_t begin = std::max(span.begin, part.begin);
      const std::size_t end = std::min(span.end, part.end);
      if (begin < end) placed.push_back({before + begin - part.begin, before + end - part.begin});
    }
    before += std::max<std::size_t>(part.size(), 1);
  }
}

}  // namespace

std::span<const StoryText> StoryTexts::read(const Document& document, std::string_view masked,
                                            std::span<const TextSpan> left_out,
                                            const ArticleNote& known) {
  texts_.clear();
  is_page_ = false;
  note_ = {};
  // What is kept of the lines of a page would not fit beside a text that is longer than any page.
  const bool is_too_long = page_part(masked).size() < masked.size();
  if (mode_ == PageMode::kArticle || is_too_long) {
    add_whole(document, masked, left_out);
    return texts_;
  }
  if (read_body_field(document.record, document.text, parts_)) {
    add_article(document, masked, left_out, document.title, parts_);
    return texts_;
  }
  if (known.is_article) {
    stories_.recall(document, masked, known);
  } else {
    stories_.find(document, masked, left_out, mode_ == PageMode::kPage, stop_);
  }
  note_ = stories_.note();
  is_page_ = stories_.is_page();
  const std::span<const RecordStory> stories = stories_.stories();
  if (stories.empty()) {
    add_whole(document, masked, left_out);
  } else if (is_page_) {
    add_stories(document);
  } else {
    add_article(document, masked, left_out, stories[0].title, stories_.body(stories[0]));
  }
  return texts_;
}

void StoryTexts::add_whole(const Document& document, std::string_view masked,
                           std::span<const TextSpan> left_out) {
  texts_.push_back({document.text, masked, document.title, 0, {}, left_out});
}

void StoryTexts::add_article(const Document& document, std::string_view masked,
                             std::span<const TextSpan> left_out, std::string_view title,
                             std::span<const TextSpan> parts) {
  if (bodies_.empty()) bodies_.emplace_back();
  StoryText& article = texts_.emplace_back();
  article.text = join(document.text, parts, bodies_[0]);
  article.counted = left_out.empty() ? article.text : join(masked, parts, counted_);
  article.title = title;
  if (article.text.size() < document.text.size()) article.parts = parts;
  if (left_out.empty()) return;
  place_in(parts, left_out, excluded_);
  article.excluded = excluded_;
}

void StoryTexts::add_stories(const Document& document) {
  const std::span<const RecordStory> stories = stories_.stories();
  if (bodies_.size() < stories.size()) bodies_.resize(stories.size());
  for (std::size_t i = 0; i < stories.size(); ++i) {
    const std::span<const TextSpan> parts = stories_.body(stories[i]);
    const std::string_view text = join(document.text, parts, bodies_[i]);
    texts_.push_back({text, text, stories[i].title, i + 1, parts, {}});
  }
}

}  // namespace copydesk
