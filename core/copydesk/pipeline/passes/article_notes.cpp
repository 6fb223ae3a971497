// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/article_notes.h"

#include <limits>

namespace copydesk {
namespace {

enum Kind : std::uint8_t { kUnknown, kBare, kWithHeadline };

constexpr std::size_t kMostBytes = std::numeric_limits<std::uint32_t>::max();

}  // namespace

void BatchNotes::add(const ArticleNote& note) {
  if (!note.is_article || note.title.end > kMostBytes || note.title_lines.end > kMostBytes) {
    kinds.push_back(kUnknown);
    return;
  }
  if (note.title.empty() && note.title_lines.empty()) {
    kinds.push_back(kBare);
    return;
  }
  kinds.push_back(kWithHeadline);
  const auto narrow = [](std::size_t offset) { return static_cast<std::uint32_t>(offset); };
  headlines.push_back({narrow(note.title.begin), narrow(note.title.end),
                       narrow(note.title_lines.begin), narrow(note.title_lines.end)});
}

ArticleNote ArticleNotes::Reader::next() {
  if (notes_ == nullptr || document_ == notes_->kinds.size()) return {};
  switch (notes_->kinds[document_++]) {
    case kBare:
      return {true, {}, {}};
    case kWithHeadline: {
      const BatchNotes::Headline& known = notes_->headlines[headline_++];
      return {true, {known.title_begin, known.title_end}, {known.lines_begin, known.lines_end}};
    }
    default:
      return {};
  }
}

}  // namespace copydesk
