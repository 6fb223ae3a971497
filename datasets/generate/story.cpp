// SPDX-License-Identifier: Apache-2.0
#include "generate/story.h"

namespace copydesk::datasets {
namespace {

bool is_line(PartKind kind) {
  return kind == PartKind::kChrome || kind == PartKind::kRelated;
}

}  // namespace

bool is_content(PartKind kind) {
  return kind == PartKind::kHeadline || kind == PartKind::kParagraph || kind == PartKind::kCaption;
}

void Story::clear() {
  text.clear();
  parts.clear();
  gap = "\n\n";
}

void Story::append(Part part, std::string_view words) {
  if (!parts.empty()) {
    text += is_line(part.kind) && is_line(parts.back().kind) ? std::string_view("\n") : gap;
  }
  part.span.begin = text.size();
  text += words;
  part.span.end = text.size();
  parts.push_back(part);
}

std::string_view Story::first(PartKind kind) const {
  for (const Part& part : parts) {
    if (part.kind == kind) return words_of(part);
  }
  return {};
}

Story reprint(const Story& source, std::uint64_t number) {
  Story copy;
  copy.text.reserve(source.text.size());
  copy.parts.reserve(source.parts.size());
  for (const Part& part : source.parts) {
    if (part.kind != PartKind::kHeadline && part.kind != PartKind::kParagraph) continue;
    copy.append({.kind = part.kind, .document = number, .source = part.span},
                source.words_of(part));
  }
  return copy;
}

std::vector<Passage> passages_of(const Story& story) {
  // Between two parts of a source there is only a gap; more means that a part was left out.
  constexpr std::size_t kLongestGap = 3;
  std::vector<Passage> passages;
  bool adjacent = false;
  for (const Part& part : story.parts) {
    if (part.document == kNoDocument) {
      adjacent = false;
      continue;
    }
    if (adjacent) {
      Passage& last = passages.back();
      if (last.document == part.document && part.source.begin >= last.source.end &&
          part.source.begin - last.source.end <= kLongestGap) {
        last.copy.end = part.span.end;
        last.source.end = part.source.end;
        continue;
      }
    }
    passages.push_back({part.document, part.span, part.source});
    adjacent = true;
  }
  return passages;
}

}  // namespace copydesk::datasets
