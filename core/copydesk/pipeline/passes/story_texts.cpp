// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/story_texts.h"

#include "copydesk/blocks/page_part.h"

namespace copydesk {

std::span<const StoryText> StoryTexts::read(const Document& document, std::string_view masked,
                                            std::span<const TextSpan> left_out) {
  texts_.clear();
  is_page_ = false;
  // What is kept of the lines of a page would not fit beside a text that is longer than any page.
  const bool is_too_long = page_part(masked).size() < masked.size();
  if (mode_ == PageMode::kArticle || is_too_long) {
    add_article(document, {}, left_out);
    return texts_;
  }
  page_.find(masked, stop_);
  const std::span<const PageStory> stories = page_.stories();
  is_page_ = !stories.empty() && (mode_ == PageMode::kPage || page_.is_page());
  if (is_page_) {
    add_stories(document, masked);
  } else {
    add_article(document, stories.empty() ? std::string_view() : stories[0].title.of(masked),
                left_out);
  }
  return texts_;
}

void StoryTexts::add_article(const Document& document, std::string_view title,
                             std::span<const TextSpan> masked) {
  texts_.push_back({document.text, document.title.empty() ? title : document.title, 0, {}, masked});
}

void StoryTexts::add_stories(const Document& document, std::string_view masked) {
  const std::span<const PageStory> stories = page_.stories();
  if (bodies_.size() < stories.size()) bodies_.resize(stories.size());
  for (std::size_t i = 0; i < stories.size(); ++i) {
    const PageStory& story = stories[i];
    std::string& body = bodies_[i];
    body.clear();
    std::span<const TextSpan> parts = page_.body(story);
    // A story of nothing but captions is summarized from them.
    if (parts.empty()) parts = std::span(&story.span, 1);
    append_body(masked, parts, body);
    std::string_view title = story.title.of(masked);
    if (title.empty() && i == 0) title = document.title;
    texts_.push_back({body, title, i + 1, parts, {}});
  }
}

}  // namespace copydesk
