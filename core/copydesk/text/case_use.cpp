// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/case_use.h"

#include <cstddef>

#include "copydesk/text/sentence_class.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostLooks = 400;

// The case of the first letter at `at` or behind, within a few characters that are no letters.
SentenceClass first_letter(const CharacterReader& reader, std::size_t at, std::size_t end) {
  for (int steps = 0; steps < 6; ++steps) {
    const ClassifiedCharacter character = reader.at(at, end);
    if (character.length == 0 || character.kind == SentenceClass::kDigit) break;
    if (character.kind == SentenceClass::kLower || character.kind == SentenceClass::kUpper) {
      return character.kind;
    }
    at += character.length;
  }
  return SentenceClass::kOther;
}

}  // namespace

// Ordinary text has shown two capitals after two sentences, so nothing more of it is read.
bool lacks_capitals(std::string_view text, const TextMarks& marks) {
  const CharacterReader reader(text);
  std::size_t small = 0, capital = 0, looks = 0;
  const auto look = [&](std::size_t at) {
    const SentenceClass letter = first_letter(reader, at, text.size());
    small += letter == SentenceClass::kLower ? 1 : 0;
    capital += letter == SentenceClass::kUpper ? 1 : 0;
  };
  look(0);
  // A headline may begin with a capital where nothing else does.
  const bool begins_with_capital = capital > 0;
  capital = 0;
  for (std::size_t at = marks.next_stop(0, text.size()); at < text.size() && looks < kMostLooks;
       at = marks.next_stop(at + 1, text.size())) {
    const char mark = text[at];
    if (static_cast<unsigned char>(mark) >= 0x80) continue;
    if ((mark != '.' && mark != '!' && mark != '?') || at + 2 >= text.size()) continue;
    if (text[at + 1] != ' ' && text[at + 1] != '\n') continue;
    // Single letters and "e.g." end on full stops, too.
    const bool is_short = at < 3 || !(reader.before(at - 1, 0).kind == SentenceClass::kLower);
    if (mark == '.' && is_short) continue;
    ++looks;
    look(at + 2);
    if (capital >= 2 && 10 * capital > small) return false;
  }
  return small >= (begins_with_capital ? 3 : 2) && 10 * capital <= small;
}

}  // namespace copydesk
