#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The little the generator has to know about characters: where words and sentences are in a text
// of any script. Deliberately separate from copydesk/text, which the corpora are made to test.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk::datasets {

// Decodes the character at `position` and moves past it. REQUIRES: valid UTF-8, position < size.
inline char32_t next_character(std::string_view text, std::size_t& position);
void append_character(std::string& text, char32_t character);

// Han and kana, written without spaces: every character counts as a word.
[[nodiscard]] bool is_ideograph(char32_t character);
// Letters, marks and digits.
[[nodiscard]] inline bool is_word_character(char32_t character);
[[nodiscard]] bool is_punctuation(char32_t character);

// Maximal runs of word characters, and single ideographs.
[[nodiscard]] std::vector<TextSpan> words_in(std::string_view text);

// The end of every sentence: behind its mark and closing quotes; the end of the text is the last.
[[nodiscard]] std::vector<std::size_t> sentence_ends(std::string_view text);

// The ASCII halves are inline: they are what edits spend their time on.
char32_t next_long_character(std::string_view text, std::size_t& position);
[[nodiscard]] bool is_wide_word_character(char32_t character);

inline char32_t next_character(std::string_view text, std::size_t& position) {
  const auto lead = static_cast<unsigned char>(text[position]);
  if (lead >= 0x80) return next_long_character(text, position);
  ++position;
  return lead;
}

inline bool is_word_character(char32_t character) {
  if (character >= 0x80) return is_wide_word_character(character);
  return (character >= '0' && character <= '9') ||
         ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
}

}  // namespace copydesk::datasets
