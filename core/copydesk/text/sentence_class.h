#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a character is to the sentence splitter: the Sentence_Break property of Unicode (UAX #29),
// refined where quotation marks and brackets are concerned.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "copydesk/text/utf8.h"

namespace copydesk {

enum class SentenceClass : std::uint8_t {
  kOther,
  kSpace,
  kBreak,  // ends a line
  kLower,
  kUpper,
  kLetter,  // of a script without case
  kDigit,
  kStop,    // "." and its like, which do not always end a sentence
  kStrong,  // "?", "!", ideographic full stop, danda, ...
  kOpen,
  kClose,
  kQuote,     // opens or closes: ASCII quotation marks
  kExtend,    // marks and format characters: part of the character before
  kContinue,  // comma, colon, dash, ...
};

// One class for each code point of the Basic Multilingual Plane, built when first asked for.
const SentenceClass* sentence_classes();

// The same for planes above.
SentenceClass upper_sentence_class(std::uint32_t code_point);

// A character with its class.
struct ClassifiedCharacter {
  std::uint32_t code_point = 0;
  std::size_t length = 0;  // 0: there is none
  SentenceClass kind = SentenceClass::kOther;
};

// Reads characters of one text, forwards and backwards.
class CharacterReader {
 public:
  explicit CharacterReader(std::string_view text) : text_(text), classes_(sentence_classes()) {}

  // The character that begins at `at`; none at or beyond `end`.
  [[nodiscard]] ClassifiedCharacter at(std::size_t at, std::size_t end) const {
    if (at >= end) return {};
    const DecodedCharacter decoded = decode_utf8(text_.data() + at);
    return {decoded.code_point, decoded.length, kind_of(decoded.code_point)};
  }

  // The character that ends at `at`; none at or before `begin`.
  [[nodiscard]] ClassifiedCharacter before(std::size_t at, std::size_t begin) const {
    if (at <= begin) return {};
    std::size_t start = at - 1;
    while (start > begin && is_utf8_tail(text_[start])) --start;
    const DecodedCharacter decoded = decode_utf8(text_.data() + start);
    return {decoded.code_point, at - start, kind_of(decoded.code_point)};
  }

  // How many bytes the hyphen has, plain, soft or U+2010, that ends at `at`, behind a letter; 0 if
  // there is none.
  [[nodiscard]] std::size_t hyphen_before(std::size_t at, std::size_t begin) const {
    const ClassifiedCharacter hyphen = before(at, begin);
    const std::uint32_t c = hyphen.code_point;
    if (c != '-' && c != 0xAD && c != 0x2010) return 0;
    const SentenceClass letter = before(at - hyphen.length, begin).kind;
    const bool is_letter = letter == SentenceClass::kLower || letter == SentenceClass::kUpper;
    return is_letter ? hyphen.length : 0;
  }

  [[nodiscard]] SentenceClass kind_of(std::uint32_t code_point) const {
    return code_point < 0x10000 ? classes_[code_point] : upper_sentence_class(code_point);
  }

 private:
  std::string_view text_;
  const SentenceClass* classes_;
};

}  // namespace copydesk
