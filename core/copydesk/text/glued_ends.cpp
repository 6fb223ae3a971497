// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/glued_ends.h"

#include "copydesk/text/sentence_class.h"

namespace copydesk {
namespace {

using Kind = SentenceClass;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_ascii_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "It rained.They left.": between a word in small letters and one with a capital, unless either
// belongs to an address or a name of a file.
bool lacks_space(std::string_view text, TextSpan segment, std::size_t at) {
  const CharacterReader reader(text);
  const ClassifiedCharacter next = reader.at(at + 1, segment.end);
  if (next.kind != Kind::kUpper) return false;
  std::size_t begin = at;
  std::size_t letters = 0;
  for (;;) {
    const ClassifiedCharacter character = reader.before(begin, segment.begin);
    if (character.length == 0 || character.kind == Kind::kSpace || character.kind == Kind::kBreak) {
      break;
    }
    if (letters < 2 && character.kind != Kind::kLower) return false;
    const std::uint32_t c = character.code_point;
    if (c == '.' || c == '/' || c == '@' || c == ':' || c == '_') return false;
    if (++letters > Abbreviations::kLongestWord) return false;
    begin -= character.length;
  }
  if (letters < 3) return false;
  for (std::size_t end = at + 1; end < segment.end && text[end] != ' '; ++end) {
    const char c = text[end];
    if (c == '@' || c == '/' || c == '_' || c == '(') return false;
    if (c == '.' && end + 1 < segment.end && is_ascii_alphanumeric(text[end + 1])) return false;
    if (c == '\n') break;
    if (end > at + Abbreviations::kLongestWord) break;
  }
  return true;
}

// "The court agreed.12 It gave no reasons.": where the number of a note that stands directly behind
// the full stop ends; 0 if it is none. The word in front is in small letters, and no abbreviation.
std::size_t note_number_end(std::string_view text, TextSpan segment, std::size_t at,
                            const Abbreviations& abbreviations) {
  const CharacterReader reader(text);
  std::size_t end = at + 1;
  while (end < segment.end && end < at + 4 && is_digit(text[end])) ++end;
  if (end == at + 1 || end + 1 >= segment.end || text[end] != ' ') return 0;
  if (reader.at(end + 1, segment.end).kind != Kind::kUpper) return 0;
  std::size_t begin = at;
  for (;;) {
    const ClassifiedCharacter character = reader.before(begin, segment.begin);
    if (character.kind != Kind::kLower || at - begin > Abbreviations::kLongestWord) {
      if (character.length > 0 && character.kind != Kind::kSpace) return 0;
      break;
    }
    begin -= character.length;
  }
  const std::string_view word = text.substr(begin, at - begin);
  const bool is_word = word.size() >= 4 && abbreviations.kind_of(word) == AbbreviationKind::kNone;
  return is_word ? end : 0;
}

}  // namespace

std::size_t find_glued_end(std::string_view text, TextSpan segment, std::size_t at,
                           const Abbreviations& abbreviations) {
  const std::size_t end = note_number_end(text, segment, at, abbreviations);
  return end == 0 && lacks_space(text, segment, at) ? at + 1 : end;
}

}  // namespace copydesk
