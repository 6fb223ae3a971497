#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the sentence splitter and ROUGE need to know of characters: properties, lower case, case
// folding with decomposition, and the abbreviations of the locale data. The tables are written by
// generate_character_tables.cpp when the library is built, so that a program that is handed on
// needs no ICU (31 of its 40 MB were ICU's data). They hold the characters of Unicode 15.0.
//
//   sentence_break(U'!') == SentenceBreak::kSTerm;  character_group(U'\u0301') is kMark;
//   lower_case_of(U'\u00C9') == U'\u00E9'

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace copydesk {

// The property Sentence_Break of UAX #29; CR, LF and Sep are one.
enum class SentenceBreak : std::uint8_t {
  kOther,
  kATerm,
  kClose,
  kFormat,
  kLower,
  kNumeric,
  kOLetter,
  kSep,
  kSp,
  kSTerm,
  kUpper,
  kExtend,
  kSContinue,
};

// What is left of the general category: Ps and Pi are kOpening.
enum class CharacterGroup : std::uint8_t { kOther, kLetter, kMark, kNumber, kOpening };

// All about one character: four bits, three bits, one bit, eight bits.
[[nodiscard]] constexpr std::uint16_t pack_traits(SentenceBreak sentence_break,
                                                  CharacterGroup group, bool is_unspaced,
                                                  unsigned combining_class) {
  return static_cast<std::uint16_t>(static_cast<unsigned>(sentence_break) |
                                    static_cast<unsigned>(group) << 4 |
                                    (is_unspaced ? 1U : 0U) << 7 | combining_class << 8);
}

inline constexpr std::uint32_t kTraitsBlock = 128;  // characters that share a block of the table

// REQUIRES of all that follow: code_point < 0x110000.
[[nodiscard]] std::uint16_t character_traits(std::uint32_t code_point);
[[nodiscard]] inline SentenceBreak sentence_break(std::uint32_t code_point) {
  return static_cast<SentenceBreak>(character_traits(code_point) & 15U);
}
[[nodiscard]] inline CharacterGroup character_group(std::uint32_t code_point) {
  return static_cast<CharacterGroup>(character_traits(code_point) >> 4 & 7U);
}
// Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar: scripts that put no spaces between words.
[[nodiscard]] inline bool is_unspaced_script(std::uint32_t code_point) {
  return (character_traits(code_point) >> 7 & 1U) != 0;
}

// White_Space of ASCII. No byte of a longer character is.
[[nodiscard]] constexpr bool is_ascii_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// White_Space. REQUIRES nothing.
[[nodiscard]] constexpr bool is_white_space(std::uint32_t code_point) {
  const std::uint32_t c = code_point;
  if (c < 0x80) return is_ascii_space(static_cast<char>(c));
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// By simple case mapping, as toLowerCase of one character.
[[nodiscard]] std::uint32_t lower_case_of(std::uint32_t code_point);

// Appends NFD(NFKC_Casefold(text)) as code points. Bytes that are not UTF-8 become U+FFFD each.
// Two texts are equal under NFKC_Casefold if and only if they are equal here.
void append_casefolded(std::string_view text, std::vector<std::uint32_t>& out);

struct SuppressionList {
  std::string_view language;  // as "en"
  std::string_view words;     // each with its full stop, and followed by a line feed
};

// The words after whose full stop sentences of the language go on (CLDR); empty where CLDR has no
// list for exactly this language.
[[nodiscard]] std::string_view sentence_suppressions(std::string_view language);

}  // namespace copydesk
