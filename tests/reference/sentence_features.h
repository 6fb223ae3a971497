#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Words, characters and marks of a sentence, counted one character after the other.

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "copydesk/text/utf8.h"

struct CountedSentence {
  std::size_t words = 0, characters = 0;
  bool has_quotation = false, is_unbalanced = false, has_number = false;
};

inline CountedSentence count_sentence(std::string_view sentence, std::size_t tokens) {
  CountedSentence counted;
  bool was_space = true, is_crossed = false, is_spaceless = false;
  int brackets = 0, quotations = 0, doubles = 0;
  for (std::size_t at = 0; at < sentence.size();) {
    const copydesk::DecodedCharacter c = copydesk::decode_utf8(sentence.data() + at);
    at += c.length;
    ++counted.characters;
    const bool is_space = c.code_point == ' ' || (c.code_point >= 9 && c.code_point <= 13);
    if (was_space && !is_space) ++counted.words;
    was_space = is_space;
    counted.has_number |= c.code_point >= '0' && c.code_point <= '9';
    switch (c.code_point) {
      case U'"':
        ++doubles;
        break;
      case U'(':
      case U'[':
        ++brackets;
        break;
      case U')':
      case U']':
        --brackets;
        break;
      case U'\u201C':
        quotations += quotations > 0 ? -1 : 1;
        counted.has_quotation = true;
        break;
      case U'«':
      case U'„':
      case U'「':
        ++quotations;
        counted.has_quotation = true;
        break;
      case U'»':
      case U'\u201D':
      case U'」':
        --quotations;
        counted.has_quotation = true;
        break;
      default:
        is_spaceless |= c.code_point >= 0x3041 && c.code_point < 0xA4D0 &&
                        !(c.code_point >= 0x3100 && c.code_point < 0x3400);
    }
    is_crossed |= brackets < 0 || quotations < 0;
  }
  if (is_spaceless) counted.words = std::max(counted.words, tokens);
  counted.has_quotation |= doubles > 0;
  counted.is_unbalanced = is_crossed || brackets != 0 || quotations != 0 || doubles % 2 != 0;
  return counted;
}
