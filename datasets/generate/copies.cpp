// SPDX-License-Identifier: Apache-2.0
#include "generate/copies.h"

#include <string>
#include <string_view>

#include "generate/edit_form.h"
#include "generate/edit_selection.h"
#include "generate/edit_words.h"
#include "generate/scripts.h"

namespace copydesk::datasets {
namespace {

std::string capitalized(std::string word) {
  if (!word.empty()) capitalize(word.data());
  return word;
}

// Always another word; a capital stays a capital.
WordSource other_words(const StorySource& text) {
  return [&text](std::string_view old, Random& random) {
    const bool has_capital = capitalized(std::string(old)) == old;
    for (;;) {
      std::string word = text.word(random);
      if (has_capital) word = capitalized(std::move(word));
      if (word != old) return word;
    }
  };
}

Story replace_share(const Story& source, double share, const StorySource& text, Random& random) {
  return replace_words(source, share, other_words(text), random);
}

Story with_new_headline(const Story& source, std::uint64_t number, const StorySource& text) {
  return change_headline(source, text.headline(kSpareStories + number));
}

}  // namespace

Story edited_copy(Kind kind, const Story& source, std::uint64_t number, const StorySource& text,
                  Random& random) {
  switch (kind) {
    case Kind::kHeadline:
      return with_new_headline(source, number, text);
    case Kind::kTrimmedTail:
      return trim_tail(source, 0.7);
    case Kind::kTrimmedHalf:
      return trim_tail(source, 0.5);
    case Kind::kFirstParagraphs:
      return keep_first_paragraphs(source, 2 + random.below(2));
    case Kind::kReordered:
      return reorder_paragraphs(source, random);
    case Kind::kWords1:
      return replace_share(source, 0.01, text, random);
    case Kind::kWords3:
      return replace_share(source, 0.03, text, random);
    case Kind::kWords10:
      return replace_share(source, 0.10, text, random);
    case Kind::kWords20:
      return replace_share(source, 0.20, text, random);
    case Kind::kOcr1:
      return add_scan_noise(source, 0.01, random);
    case Kind::kOcr3:
      return add_scan_noise(source, 0.03, random);
    case Kind::kCase:
      return change_case(source, random);
    case Kind::kPunctuation:
      return change_punctuation(source, random);
    case Kind::kQuotes:
      return change_quotes(source, random);
    case Kind::kWhiteSpace:
      return change_white_space(source, random);
    case Kind::kUnicodeForm:
      return change_unicode_form(source, random);
    default:
      return source;
  }
}

Story outlet_copy(const Story& source, std::uint64_t number, const StorySource& text,
                  Random& random) {
  Story copy = random.chance(0.6) ? with_new_headline(source, number, text) : source;
  const std::uint64_t sort = random.below(20);
  if (sort < 7) {
    copy = trim_tail(copy, 0.5 + 0.4 * random.unit());
  } else if (sort < 9) {
    copy = keep_first_paragraphs(copy, 2 + random.below(2));
  } else if (sort < 10) {
    copy = reorder_paragraphs(copy, random);
  } else if (sort < 13) {
    copy = replace_share(copy, 0.02 + 0.03 * random.unit(), text, random);
  }
  if (random.chance(0.1)) copy.append(PartKind::kParagraph, text.paragraph(random));
  return copy;
}

Story updated_copy(const Story& source, std::uint64_t number, const StorySource& text,
                   Random& random) {
  Story update;
  update.gap = source.gap;
  update.append(PartKind::kHeadline, text.headline(kSpareStories + number));
  update.append(PartKind::kParagraph, text.paragraph(random));
  bool is_first = true;
  for (const Part& part : source.parts) {
    if (part.kind != PartKind::kParagraph) continue;
    // The first old paragraph always stays, or there would be nothing left to update.
    if (is_first || random.chance(0.7)) update.append(part, source.words_of(part));
    is_first = false;
  }
  for (std::uint64_t left = 1 + random.below(3); left > 0; --left) {
    update.append(PartKind::kParagraph, text.paragraph(random));
  }
  return update;
}

}  // namespace copydesk::datasets
