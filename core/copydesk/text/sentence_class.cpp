// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/sentence_class.h"

#include <unicode/uchar.h>

#include <vector>

namespace copydesk {
namespace {

SentenceClass class_of(std::uint32_t code_point) {
  const auto character = static_cast<UChar32>(code_point);
  switch (code_point) {
    case '"':
    case '\'':
      return SentenceClass::kQuote;
    case 0xFF0E:  // the full-width full stop also stands within numbers
    case 0x2026:  // horizontal ellipsis
      return SentenceClass::kStop;
    case 0x055B:  // Armenian emphasis, exclamation and question stand inside the word
    case 0x055C:
    case 0x055E:
    case 0x055F:
      return SentenceClass::kExtend;
    case 0x0F0D:  // Tibetan shad and its kin: Unicode leaves them to the shaper
    case 0x0F0E:
    case 0x0F11:
    case 0x17D4:  // Khmer full stop, signs for the end of a chapter and of a text
    case 0x17D5:
    case 0x17DA:
      return SentenceClass::kStrong;
    default:
      break;
  }
  switch (u_getIntPropertyValue(character, UCHAR_SENTENCE_BREAK)) {
    case U_SB_ATERM:
      return SentenceClass::kStop;
    case U_SB_STERM:
      return SentenceClass::kStrong;
    case U_SB_CLOSE: {
      const int category = u_charType(character);
      const bool opens = category == U_START_PUNCTUATION || category == U_INITIAL_PUNCTUATION;
      return opens ? SentenceClass::kOpen : SentenceClass::kClose;
    }
    case U_SB_LOWER:
      return SentenceClass::kLower;
    case U_SB_UPPER:
      return SentenceClass::kUpper;
    case U_SB_OLETTER:
      return SentenceClass::kLetter;
    case U_SB_NUMERIC:
      return SentenceClass::kDigit;
    case U_SB_SP:
      return SentenceClass::kSpace;
    case U_SB_CR:
    case U_SB_LF:
    case U_SB_SEP:
      return SentenceClass::kBreak;
    case U_SB_EXTEND:
    case U_SB_FORMAT:
      return SentenceClass::kExtend;
    case U_SB_SCONTINUE:
      return SentenceClass::kContinue;
    default:
      return SentenceClass::kOther;
  }
}

std::vector<SentenceClass> build_classes() {
  std::vector<SentenceClass> classes(0x10000);
  for (std::uint32_t i = 0; i < classes.size(); ++i) classes[i] = class_of(i);
  return classes;
}

}  // namespace

const SentenceClass* sentence_classes() {
  static const std::vector<SentenceClass> classes = build_classes();
  return classes.data();
}

SentenceClass upper_sentence_class(std::uint32_t code_point) {
  return class_of(code_point);
}

}  // namespace copydesk
