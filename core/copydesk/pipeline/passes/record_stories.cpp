// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/record_stories.h"

#include <algorithm>

#include "copydesk/blocks/page_part.h"

namespace copydesk {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

void RecordStories::find(const Document& document, std::string_view masked,
                         std::span<const TextSpan> left_out, bool as_page,
                         const std::atomic<bool>* stop) {
  stories_.clear();
  parts_.clear();
  note_ = {};
  const bool was_cut = uncut_.find(document.record, masked) &&
                       page_part(uncut_.text()).size() == uncut_.text().size();
  const std::string_view text = was_cut ? uncut_.text() : masked;
  page_.find(text, stop, as_page);
  is_page_ = !page_.stories().empty() && (as_page || page_.is_page());
  is_program_ = page_.is_program();
  for (const PageStory& story : page_.stories()) add(document, story, text, was_cut, left_out);
  if (is_page_ || was_cut || stories_.empty()) return;
  const PageStory& article = page_.stories()[0];
  note_ = {true, article.title, article.title_lines};
}

void RecordStories::recall(const Document& document, std::string_view masked,
                           const ArticleNote& note) {
  stories_.clear();
  parts_.clear();
  note_ = note;
  is_page_ = is_program_ = false;
  const PageStory article{{0, masked.size()}, note.title, note.title_lines, 0, 0};
  add(document, article, masked, false, {});
}

void RecordStories::add(const Document& document, const PageStory& story, std::string_view text,
                        bool was_cut, std::span<const TextSpan> left_out) {
  const auto now = [&](TextSpan span) -> TextSpan {
    if (!was_cut) return span;
    return {uncut_.place_now(span.begin), uncut_.place_now(span.end)};
  };
  RecordStory added;
  added.span = now(story.span);
  // Nothing of it is left.
  if (was_cut && is_blank(added.span.of(document.text))) return;
  added.title = story.title.of(text);
  const bool is_first = stories_.empty();
  if (is_first && (added.title.empty() || (!is_page_ && !document.title.empty()))) {
    added.title = document.title;
  }
  added.first_part = parts_.size();
  if (is_page_) {
    for (const TextSpan& part : page_.body(story)) {
      const TextSpan there = now(part);
      // What was cut as a whole is no line feed.
      if (!there.empty() || part.empty()) append_without(left_out, there, parts_);
    }
  } else {
    const TextSpan before = now({story.span.begin, story.title_lines.begin});
    const TextSpan behind = now({story.title_lines.end, story.span.end});
    if (!before.empty()) parts_.push_back(before);
    if (!behind.empty()) parts_.push_back(behind);
  }
  const auto has_words = [&](const TextSpan& part) { return !is_blank(part.of(document.text)); };
  if (std::none_of(parts_.begin() + static_cast<std::ptrdiff_t>(added.first_part), parts_.end(),
                   has_words)) {
    // A story of nothing but captions, or a headline, is all there is of it.
    parts_.resize(added.first_part);
    append_without(is_page_ ? left_out : std::span<const TextSpan>(), added.span, parts_);
  }
  added.end_part = parts_.size();
  stories_.push_back(added);
}

void append_without(std::span<const TextSpan> left_out, TextSpan part,
                    std::vector<TextSpan>& parts) {
  if (part.empty()) {
    parts.push_back(part);
    return;
  }
  std::size_t begin = part.begin;
  auto gone = std::partition_point(left_out.begin(), left_out.end(),
                                   [&](const TextSpan& s) { return s.end <= part.begin; });
  for (; gone != left_out.end() && gone->begin < part.end; ++gone) {
    if (gone->begin > begin) parts.push_back({begin, gone->begin});
    begin = std::max(begin, gone->end);
  }
  if (begin < part.end) parts.push_back({begin, part.end});
}

}  // namespace copydesk
