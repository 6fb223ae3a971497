// SPDX-License-Identifier: Apache-2.0
#include "generate/truth_lines.h"

#include <map>

#include "generate/json_line.h"
#include "generate/overlap.h"

namespace copydesk::datasets {

std::string_view block_kind(PartKind kind) {
  switch (kind) {
    case PartKind::kTitleRepeat:
      return "title_repeat";
    case PartKind::kCaptionRepeat:
      return "caption_repeat";
    case PartKind::kChrome:
      return "chrome";
    case PartKind::kRelated:
      return "related";
    case PartKind::kBoilerplate:
      return "boilerplate";
    case PartKind::kHeadline:
    case PartKind::kParagraph:
    case PartKind::kCaption:
      break;
  }
  return {};
}

void append_blocks(std::string& lines, std::string_view id, const Story& page) {
  for (const Part& part : page.parts) {
    if (is_content(part.kind)) continue;
    JsonLine line(lines);
    line.add("id", id)
        .add("begin", part.span.begin)
        .add("end", part.span.end)
        .add("kind", block_kind(part.kind));
    const bool repeats =
        part.kind == PartKind::kTitleRepeat || part.kind == PartKind::kCaptionRepeat;
    if (repeats) {
      // The first of the equal parts is the one to keep.
      std::uint64_t count = 0;
      std::size_t first = part.span.begin;
      for (const Part& other : page.parts) {
        if (page.words_of(other) != page.words_of(part)) continue;
        if (count++ == 0) first = other.span.begin;
      }
      line.add("count", count).add("first_begin", first);
    } else if (part.block != 0) {
      line.add("block", part.block);
    }
    line.finish();
  }
}

void append_stories(std::string& lines, std::string_view id, const Story& page,
                    std::uint64_t documents) {
  struct Extent {
    TextSpan span;
    std::string_view title;
    std::uint64_t source = kNoDocument;
  };
  std::map<std::uint32_t, Extent> stories;
  for (const Part& part : page.parts) {
    if (!is_content(part.kind)) continue;
    const auto [found, is_new] = stories.try_emplace(part.story, Extent{});
    Extent& extent = found->second;
    if (is_new) extent.span.begin = part.span.begin;
    extent.span.end = part.span.end;
    if (part.kind == PartKind::kHeadline) extent.title = page.words_of(part);
    if (part.document != kNoDocument) extent.source = part.document;
  }
  for (const auto& [number, extent] : stories) {
    JsonLine line(lines);
    line.add("id", id)
        .add("story", number)
        .add("begin", extent.span.begin)
        .add("end", extent.span.end)
        .add("title", extent.title);
    // A parent may stand behind the end of the corpus, as in families.
    if (extent.source < documents) line.add("source", document_id(extent.source));
    line.finish();
  }
}

void append_pairs(std::string& lines, const Printed& printed, std::uint64_t documents,
                  bool with_jaccard) {
  for (std::size_t index = 0; index < printed.sources.size(); ++index) {
    if (printed.sources[index] >= documents) continue;
    JsonLine line(lines);
    line.add("a", document_id(printed.sources[index]))
        .add("b", document_id(printed.number))
        .add("kind", name_of(printed.kind));
    if (with_jaccard) {
      line.add_ratio("jaccard",
                     word_jaccard(printed.source_stories[index].text, printed.story.text));
    }
    line.finish();
  }
}

void append_passages(std::string& lines, const Printed& printed, std::uint64_t documents) {
  for (const Passage& passage : passages_of(printed.story)) {
    if (passage.document >= documents) continue;
    JsonLine(lines)
        .add("copy", document_id(printed.number))
        .add("source", document_id(passage.document))
        .add("copy_begin", passage.copy.begin)
        .add("copy_end", passage.copy.end)
        .add("source_begin", passage.source.begin)
        .add("source_end", passage.source.end)
        .add("kind", name_of(printed.kind))
        .finish();
  }
}

void append_family(std::string& lines, const Printed& printed, std::uint64_t documents,
                   std::string_view outlet) {
  const FamilyTruth& family = *printed.family;
  JsonLine line(lines);
  line.add("family", family.family + 1)
      .add("id", document_id(printed.number))
      .add("outlet", outlet)
      .add("date", date_of(printed.minutes));
  const auto add_or_null = [&](std::string_view name, std::uint64_t number, bool is_there) {
    if (is_there && number < documents) {
      line.add(name, document_id(number));
    } else {
      line.add_null(name);
    }
  };
  add_or_null("parent", family.parent, family.parent != printed.number);
  add_or_null("original", family.original, true);
  line.finish();
}

}  // namespace copydesk::datasets
