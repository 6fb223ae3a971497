// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/ranked_part.h"

#include <algorithm>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/sentence_class.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

bool is_end(SentenceClass kind) {
  return kind == SentenceClass::kBreak || kind == SentenceClass::kStop ||
         kind == SentenceClass::kStrong;
}

}  // namespace

std::size_t leading_size(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text.size();
  const std::size_t character = character_floor(text, bytes);
  // What is found far back would throw away most of what was allowed.
  const std::size_t least = bytes / 2;
  std::size_t white = 0;
  for (std::size_t at = character; at > least; --at) {
    if (!is_ascii_space(text[at])) continue;
    if (white == 0) white = at;
    const char before = text[at - 1];
    if (text[at] == '\n' || before == '.' || before == '!' || before == '?') return at;
  }
  return white > 0 ? white : character;
}

std::size_t ranked_size(std::string_view text) {
  if (text.size() <= 2 * kMostRankedSentences) return text.size();
  const CharacterReader reader(text);
  const std::size_t limit = std::min(text.size(), kMostRankedBytes);
  std::size_t ends = 0;
  bool was_end = true;  // so that nothing ends at the beginning
  for (std::size_t at = 0; at < limit;) {
    const auto byte = static_cast<unsigned char>(text[at]);
    bool is_one = byte == '\n' || byte == '.' || byte == '!' || byte == '?';
    std::size_t length = 1;
    if (byte >= 0x80) {
      const ClassifiedCharacter character = reader.at(at, text.size());
      is_one = is_end(character.kind);
      length = character.length;
    }
    at += length;
    if (is_one && !was_end && ++ends == kMostRankedSentences) return std::min(at, text.size());
    was_end = is_one;
  }
  return leading_size(text, limit);
}

}  // namespace copydesk
