// SPDX-License-Identifier: Apache-2.0
#include "generate/edit_form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>

#include "generate/characters.h"

namespace copydesk::datasets {
namespace {

// Every part rewritten by `edit(part, words) -> string`.
template <typename Edit>
Story rewrite(const Story& story, Edit edit) {
  Story result;
  result.gap = story.gap;
  result.text.reserve(story.text.size() + story.text.size() / 4);
  for (const Part& part : story.parts) result.append(part, edit(part, story.words_of(part)));
  return result;
}

// Every character rewritten by `edit(text, character, bytes)`, which appends to `text`.
template <typename Edit>
std::string rewrite_characters(std::string_view words, Edit edit) {
  std::string text;
  text.reserve(words.size() + words.size() / 4);
  for (std::size_t position = 0; position < words.size();) {
    const std::size_t begin = position;
    const char32_t character = next_character(words, position);
    edit(text, character, words.substr(begin, position - begin));
  }
  return text;
}

std::string in_capitals(std::string_view words) {
  return rewrite_characters(words, [](std::string& text, char32_t c, std::string_view) {
    append_character(text, static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))));
  });
}

std::string in_lower_case(std::string_view words) {
  return rewrite_characters(words, [](std::string& text, char32_t c, std::string_view) {
    append_character(text, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
  });
}

std::string decomposed(std::string_view words) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return std::string(words);
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(words.data(), static_cast<std::int32_t>(words.size())));
  std::string result;
  form->normalize(text, status).toUTF8String(result);
  return result;
}

std::string with_compatibility_forms(std::string_view words) {
  std::string text;
  text.reserve(words.size() * 2);
  for (std::size_t position = 0; position < words.size(); ++position) {
    const std::string_view rest = words.substr(position);
    if (rest.starts_with("fi") || rest.starts_with("fl")) {
      text += rest[1] == 'i' ? "ﬁ" : "ﬂ";
      ++position;
    } else if (rest[0] >= '0' && rest[0] <= '9') {
      append_character(text, U'０' + static_cast<char32_t>(rest[0] - '0'));
    } else {
      text += rest[0];
    }
  }
  return text;
}

std::string with_soft_hyphens(std::string_view words, Random& random) {
  constexpr std::size_t kLongWord = 8;
  std::string text;
  std::size_t done = 0;
  for (const TextSpan& word : words_in(words)) {
    if (word.size() < kLongWord || !random.chance(0.5)) continue;
    std::size_t middle = word.begin;
    while (middle < word.begin + word.size() / 2) next_character(words, middle);
    text += words.substr(done, middle - done);
    text += "\u00ad";
    done = middle;
  }
  text += words.substr(done);
  return text;
}

struct Quotes {
  std::string_view open, close;
};
constexpr std::array kQuotes = {Quotes{"“", "”"}, Quotes{"„", "“"}, Quotes{"«", "»"},
                                Quotes{"「", "」"}};

bool is_double_quote(char32_t c) {
  return c == '"' || c == U'“' || c == U'”' || c == U'„' || c == U'«' || c == U'»' || c == U'「' ||
         c == U'」';
}

std::string_view ascii_mark(char32_t c) {
  switch (c) {
    case U'，':
    case U'、':
      return ",";
    case U'。':
      return ".";
    case U'：':
      return ":";
    case U'；':
      return ";";
    case U'！':
      return "!";
    case U'？':
      return "?";
    case U'–':
    case U'—':
      return "-";
    case U'…':
      return "...";
    default:
      return {};
  }
}

}  // namespace

Story change_case(const Story& story, Random& random) {
  const bool capitals = random.chance(0.5);
  const bool everything = random.chance(0.5);
  return rewrite(story, [&](const Part& part, std::string_view words) {
    if (!everything && part.kind != PartKind::kHeadline) return std::string(words);
    return capitals ? in_capitals(words) : in_lower_case(words);
  });
}

Story change_punctuation(const Story& story, Random& random) {
  return rewrite(story, [&](const Part&, std::string_view words) {
    return rewrite_characters(words, [&](std::string& text, char32_t c, std::string_view bytes) {
      const std::string_view ascii = ascii_mark(c);
      if (!ascii.empty()) {
        text += ascii;
      } else if (c == ',' && random.chance(0.5)) {
        return;
      } else if (c == ',' && random.chance(0.2)) {
        text += ';';
      } else if (c == '-') {
        text += "–";
      } else {
        text += bytes;
      }
    });
  });
}

Story change_quotes(const Story& story, Random& random) {
  const Quotes quotes = kQuotes[random.below(kQuotes.size())];
  const bool has_straight = story.text.find('"') != std::string::npos;
  return rewrite(story, [&](const Part&, std::string_view words) {
    bool open = false;
    return rewrite_characters(words, [&](std::string& text, char32_t c, std::string_view bytes) {
      if (c == '\'' || c == U'’') {
        text += c == '\'' ? "’" : "'";
      } else if (!is_double_quote(c)) {
        text += bytes;
      } else if (has_straight) {
        open = !open;
        text += open ? quotes.open : quotes.close;
      } else {
        text += '"';
      }
    });
  });
}

Story change_white_space(const Story& story, Random& random) {
  const bool hard_breaks = random.chance(0.5);
  const bool indent = random.chance(0.3);
  Story result = story;
  result.text.clear();
  result.parts.clear();
  result.gap = random.chance(0.5) ? "\n" : "\n \n";
  for (const Part& part : story.parts) {
    constexpr std::size_t kLineWidth = 66;
    std::string text = indent && part.kind == PartKind::kParagraph ? "    " : "";
    std::size_t column = 0;
    text += rewrite_characters(story.words_of(part),
                               [&](std::string& out, char32_t c, std::string_view bytes) {
                                 ++column;
                                 if (c == ' ' && hard_breaks && column >= kLineWidth) {
                                   out += '\n';
                                   column = 0;
                                 } else if (c == ' ' && random.chance(0.1)) {
                                   out += random.chance(0.5) ? "  " : "\u00a0";
                                 } else if (is_ideograph(c) && random.chance(0.03)) {
                                   out += bytes;
                                   out += random.chance(0.5) ? " " : "\u3000";
                                 } else {
                                   out += bytes;
                                 }
                               });
    result.append(part, text);
  }
  return result;
}

Story change_unicode_form(const Story& story, Random& random) {
  const std::uint64_t first = random.below(3);
  Story result;
  // Not every form changes every text: ASCII has nothing to decompose.
  for (std::uint64_t step = 0; step < 3; ++step) {
    const std::uint64_t form = (first + step) % 3;
    result = rewrite(story, [&](const Part&, std::string_view words) {
      return form == 0   ? decomposed(words)
             : form == 1 ? with_compatibility_forms(words)
                         : with_soft_hyphens(words, random);
    });
    if (result.text != story.text) break;
  }
  return result;
}

}  // namespace copydesk::datasets
