// SPDX-License-Identifier: Apache-2.0
#include "generate/edit_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "generate/characters.h"

namespace copydesk::datasets {
namespace {

struct Confusion {
  char32_t character;
  std::string_view read_as;
};

// Pairs that look alike in newsprint, for Latin, Cyrillic and Arabic; sorted by character.
constexpr std::array kConfusions = {
    Confusion{'0', "O"},  Confusion{'1', "l"},  Confusion{'3', "8"},  Confusion{'5', "S"},
    Confusion{'6', "b"},  Confusion{'8', "B"},  Confusion{'B', "8"},  Confusion{'C', "G"},
    Confusion{'D', "O"},  Confusion{'E', "F"},  Confusion{'G', "6"},  Confusion{'I', "l"},
    Confusion{'O', "0"},  Confusion{'S', "5"},  Confusion{'a', "o"},  Confusion{'b', "h"},
    Confusion{'c', "e"},  Confusion{'d', "cl"}, Confusion{'e', "c"},  Confusion{'f', "t"},
    Confusion{'g', "q"},  Confusion{'h', "b"},  Confusion{'i', "l"},  Confusion{'k', "lc"},
    Confusion{'l', "1"},  Confusion{'m', "rn"}, Confusion{'n', "ri"}, Confusion{'o', "0"},
    Confusion{'r', "n"},  Confusion{'s', "5"},  Confusion{'t', "f"},  Confusion{'u', "ii"},
    Confusion{'v', "y"},  Confusion{'w', "vv"}, Confusion{'y', "v"},  Confusion{'z', "2"},
    Confusion{U'а', "о"}, Confusion{U'б', "6"}, Confusion{U'в', "з"}, Confusion{U'г', "т"},
    Confusion{U'е', "с"}, Confusion{U'з', "3"}, Confusion{U'и', "н"}, Confusion{U'л', "п"},
    Confusion{U'н', "и"}, Confusion{U'о', "0"}, Confusion{U'п', "л"}, Confusion{U'с', "е"},
    Confusion{U'т', "г"}, Confusion{U'ш', "щ"}, Confusion{U'щ', "ш"}, Confusion{U'ь', "ъ"},
    Confusion{U'ا', "ل"}, Confusion{U'ب', "ت"}, Confusion{U'ت', "ث"}, Confusion{U'ج', "ح"},
    Confusion{U'د', "ذ"}, Confusion{U'ر', "ز"}, Confusion{U'س', "ش"}, Confusion{U'ف', "ق"},
};

void append_misread(std::string& text, std::string_view bytes, char32_t character, Random& random) {
  const std::uint64_t sort = random.below(10);
  if (is_ideograph(character)) {
    // The neighbor in the code chart shares the radical.
    append_character(text, character ^ 1U);
  } else if (sort < 1) {
    text += bytes;
    text += ' ';
  } else if (sort < 8) {
    const auto found = std::lower_bound(
        kConfusions.begin(), kConfusions.end(), character,
        [](const Confusion& item, char32_t wanted) { return item.character < wanted; });
    // A character without a look-alike is lost.
    if (found != kConfusions.end() && found->character == character) text += found->read_as;
  }
}

bool is_editable(const Part& part) {
  return part.kind == PartKind::kHeadline || part.kind == PartKind::kParagraph;
}

std::size_t places(std::size_t count, double share) {
  if (count == 0) return 0;
  const auto wanted =
      static_cast<std::size_t>(std::floor(share * static_cast<double>(count) + 0.5));
  return std::clamp<std::size_t>(wanted, 1, count);
}

std::vector<TextSpan> word_characters_in(std::string_view text) {
  std::vector<TextSpan> found;
  found.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    if (is_word_character(next_character(text, position))) found.push_back({begin, position});
  }
  return found;
}

// Copies `story`; of all pieces that `pieces_in` finds in its parts, a sample is handed to `edit`.
template <typename PiecesIn, typename Edit>
Story edit_sample(const Story& story, double share, Random& random, PiecesIn pieces_in, Edit edit) {
  std::vector<std::vector<TextSpan>> pieces;
  std::size_t total = 0;
  for (const Part& part : story.parts) {
    pieces.push_back(is_editable(part) ? pieces_in(story.words_of(part)) : std::vector<TextSpan>());
    total += pieces.back().size();
  }
  const std::vector<std::size_t> chosen = random.sample(places(total, share), total);

  Story result;
  result.gap = story.gap;
  result.text.reserve(story.text.size() + story.text.size() / 8);
  std::string edited;
  std::size_t first = 0;
  auto next = chosen.begin();
  for (std::size_t index = 0; index < story.parts.size(); ++index) {
    const std::string_view words = story.words_of(story.parts[index]);
    edited.clear();
    std::size_t done = 0;
    for (; next != chosen.end() && *next < first + pieces[index].size(); ++next) {
      const TextSpan piece = pieces[index][*next - first];
      edited += words.substr(done, piece.begin - done);
      edit(edited, piece.of(words));
      done = piece.end;
    }
    edited += words.substr(done);
    first += pieces[index].size();
    result.append(story.parts[index], edited);
  }
  return result;
}

}  // namespace

Story replace_words(const Story& story, double share, const WordSource& words, Random& random) {
  return edit_sample(story, share, random, words_in,
                     [&](std::string& text, std::string_view old) { text += words(old, random); });
}

Story add_scan_noise(const Story& story, double share, Random& random) {
  return edit_sample(story, share, random, word_characters_in,
                     [&](std::string& text, std::string_view old) {
                       std::size_t position = 0;
                       append_misread(text, old, next_character(old, position), random);
                     });
}

}  // namespace copydesk::datasets
