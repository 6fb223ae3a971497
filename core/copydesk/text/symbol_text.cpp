// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/symbol_text.h"

#include <algorithm>
#include <array>

#include "copydesk/kernels/token_hash.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/fold_tables.h"

namespace copydesk {

namespace {

constexpr std::size_t kCharactersPerWordCharacter = 2;
constexpr std::size_t kBytesPerWordByte = 2;

// Whether more than `most` bytes belong to words: letters and digits of ASCII, and two bytes of
// every other character below U+10000. (Above, there are marks that stand on symbols.) By blocks
// without a branch, which are looked at until there are enough.
bool has_many_word_bytes(std::string_view folded, std::size_t most) {
  constexpr std::size_t kBlock = 128;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < folded.size(); begin += kBlock) {
    unsigned in_block = 0;
    for (const char c : folded.substr(begin, kBlock)) {
      const auto byte = static_cast<unsigned char>(c);
      const auto letter = static_cast<unsigned char>((byte | 0x20) - 'a');
      const auto digit = static_cast<unsigned char>(byte - '0');
      const auto lead = static_cast<unsigned char>(byte - 0xC0);
      in_block += static_cast<unsigned>(letter < 26) | static_cast<unsigned>(digit < 10) |
                  2 * static_cast<unsigned>(lead < 0x30);
    }
    count += in_block;
    if (count > most) return true;
  }
  return false;
}

bool is_ascii_word(std::uint32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What a character is when it is folded: a mark is part of what it stands on.
enum class CharacterUse { kWord, kMark, kOther };

CharacterUse use_of(std::uint32_t c);

CharacterUse use_of_moving(std::uint32_t c) {
  const bool is_hangul = c >= 0x1100 && c < 0x1200;
  return is_hangul ? CharacterUse::kWord : CharacterUse::kMark;
}

// A character that folds to several is of words if one of them is: ½ is, and ∯, which folds to two
// separators, is not.
CharacterUse use_of_series(std::uint32_t index) {
  for (std::uint32_t i = 1; i <= kFoldSeries[index]; ++i) {
    const std::uint32_t point = kFoldSeries[index + i];
    if (use_of(point) == CharacterUse::kWord) return CharacterUse::kWord;
  }
  return CharacterUse::kOther;
}

CharacterUse use_of(std::uint32_t c) {
  if (c < 0x80) return is_ascii_word(c) ? CharacterUse::kWord : CharacterUse::kOther;
  if (c >= 0x110000) return CharacterUse::kOther;
  const bool is_upper = c >= 0x10000;
  const std::uint32_t entry = is_upper ? fold_tables({}).upper_entry(c) : kFoldBasic[c];
  switch (fold_kind(entry)) {
    case FoldKind::kSeries:
      return use_of_series(fold_value(entry));
    case FoldKind::kMark:
      return CharacterUse::kMark;
    case FoldKind::kMoving:
      return use_of_moving(c);
    case FoldKind::kSolo:
      return CharacterUse::kWord;
    default:
      break;
  }
  if (is_upper) {
    const bool is_nothing = fold_value(entry) == kFoldToNothing || fold_value(entry) == ' ';
    return is_nothing ? CharacterUse::kOther : CharacterUse::kWord;
  }
  for (std::uint32_t i = 0; i < fold_length(entry); ++i) {
    if ((fold_value(entry) >> 8 * i & 0xFF) != ' ') return CharacterUse::kWord;
  }
  return CharacterUse::kOther;
}

}  // namespace

DecodedCharacter decode_within(std::string_view text, std::size_t place) {
  const auto lead = static_cast<unsigned char>(text[place]);
  if (lead < 0x80 || utf8_length(lead) > text.size() - place) return {lead, 1};
  return decode_utf8(text.data() + place);
}

bool is_symbol_text(std::string_view text, std::string_view folded) {
  if (has_many_word_bytes(folded, text.size() / kBytesPerWordByte)) return false;
  std::size_t characters = 0;
  std::size_t of_words = 0;
  CharacterUse last = CharacterUse::kOther;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code_point, length] = decode_within(text, i);
    i += length;
    if (is_white_space(code_point)) continue;
    ++characters;
    const CharacterUse use = use_of(code_point);
    if (use != CharacterUse::kMark) last = use;
    of_words += last == CharacterUse::kWord ? 1 : 0;
  }
  return characters > kCharactersPerWordCharacter * of_words;
}

void tokenize_characters(std::string_view text, TokenList& tokens, bool with_spans) {
  tokens.hashes.clear();
  tokens.spans.clear();
  const auto add = [&](std::string_view character, std::size_t begin, std::size_t end) {
    char bytes[kTinyToken] = {};
    std::copy(character.begin(), character.end(), bytes);
    tokens.hashes.push_back(hash_tiny_token(bytes, character.size()));
    if (with_spans) tokens.spans.push_back({begin, end});
  };
  std::size_t space = std::string_view::npos;  // where the white space before `i` began
  for (std::size_t i = 0; i < text.size();) {
    const auto [code_point, length] = decode_within(text, i);
    if (is_white_space(code_point)) {
      if (space == std::string_view::npos) space = i;
    } else {
      if (space != std::string_view::npos && !tokens.hashes.empty()) add(" ", space, i);
      space = std::string_view::npos;
      add(text.substr(i, length), i, i + length);
    }
    i += length;
  }
}

}  // namespace copydesk
