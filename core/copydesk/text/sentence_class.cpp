// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/sentence_class.h"

#include <vector>

#include "copydesk/text/character_tables.h"

namespace copydesk {
namespace {

SentenceClass class_of(std::uint32_t code_point) {
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
  switch (sentence_break(code_point)) {
    case SentenceBreak::kATerm:
      return SentenceClass::kStop;
    case SentenceBreak::kSTerm:
      return SentenceClass::kStrong;
    case SentenceBreak::kClose:
      return character_group(code_point) == CharacterGroup::kOpening ? SentenceClass::kOpen
                                                                     : SentenceClass::kClose;
    case SentenceBreak::kLower:
      return SentenceClass::kLower;
    case SentenceBreak::kUpper:
      return SentenceClass::kUpper;
    case SentenceBreak::kOLetter:
      return SentenceClass::kLetter;
    case SentenceBreak::kNumeric:
      return SentenceClass::kDigit;
    case SentenceBreak::kSp:
      return SentenceClass::kSpace;
    case SentenceBreak::kSep:
      return SentenceClass::kBreak;
    case SentenceBreak::kExtend:
    case SentenceBreak::kFormat:
      return SentenceClass::kExtend;
    case SentenceBreak::kSContinue:
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
