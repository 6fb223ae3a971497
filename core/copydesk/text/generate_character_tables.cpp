// SPDX-License-Identifier: Apache-2.0
//
// generate_character_tables FILE: writes what the sentence splitter and ROUGE need to know of
// characters as C++ arrays, from the Unicode data of ICU. Run by the build; nothing of it is part
// of the library. character_tables.h says what the arrays hold.

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ures.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "copydesk/text/character_tables.h"

namespace copydesk {
namespace {

constexpr std::uint32_t kCharacters = 0x110000;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "generate_character_tables: %s\n", what);
  std::exit(1);
}

// Later versions of ICU know more characters; here they are what Unicode 15.0 calls unassigned.
bool is_in_unicode_15(UChar32 c) {
  UVersionInfo age;
  u_charAge(c, age);
  return age[0] >= 1 && age[0] <= 15 && (age[0] < 15 || age[1] == 0);
}

SentenceBreak sentence_break_of(UChar32 c) {
  switch (u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK)) {
    case U_SB_ATERM:
      return SentenceBreak::kATerm;
    case U_SB_CLOSE:
      return SentenceBreak::kClose;
    case U_SB_FORMAT:
      return SentenceBreak::kFormat;
    case U_SB_LOWER:
      return SentenceBreak::kLower;
    case U_SB_NUMERIC:
      return SentenceBreak::kNumeric;
    case U_SB_OLETTER:
      return SentenceBreak::kOLetter;
    case U_SB_SEP:
    case U_SB_CR:
    case U_SB_LF:
      return SentenceBreak::kSep;
    case U_SB_SP:
      return SentenceBreak::kSp;
    case U_SB_STERM:
      return SentenceBreak::kSTerm;
    case U_SB_UPPER:
      return SentenceBreak::kUpper;
    case U_SB_EXTEND:
      return SentenceBreak::kExtend;
    case U_SB_SCONTINUE:
      return SentenceBreak::kSContinue;
    default:
      return SentenceBreak::kOther;
  }
}

CharacterGroup group_of(UChar32 c) {
  const std::uint32_t mask = U_GET_GC_MASK(c);
  if ((mask & U_GC_L_MASK) != 0) return CharacterGroup::kLetter;
  if ((mask & U_GC_M_MASK) != 0) return CharacterGroup::kMark;
  if ((mask & U_GC_N_MASK) != 0) return CharacterGroup::kNumber;
  if ((mask & (U_GC_PS_MASK | U_GC_PI_MASK)) != 0) return CharacterGroup::kOpening;
  return CharacterGroup::kOther;
}

bool is_unspaced(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

std::uint16_t traits_of(UChar32 c) {
  if (!is_in_unicode_15(c)) return 0;
  return pack_traits(sentence_break_of(c), group_of(c), is_unspaced(c), u_getCombiningClass(c));
}

void write_array(std::FILE* file, const char* type, const char* name,
                 const std::vector<std::uint32_t>& values) {
  std::fprintf(file, "const %s %s[] = {\n", type, name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::fprintf(file, i % 16 == 15 ? "%u,\n" : "%u,", values[i]);
  }
  std::fprintf(file, "};\n");
}

void write_traits(std::FILE* file) {
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;
  std::vector<std::uint32_t> block_of, blocks;
  for (std::uint32_t begin = 0; begin < kCharacters; begin += kTraitsBlock) {
    std::vector<std::uint32_t> block;
    for (std::uint32_t c = begin; c < begin + kTraitsBlock; ++c) {
      block.push_back(traits_of(static_cast<UChar32>(c)));
    }
    const auto [found, is_new] = known.emplace(block, static_cast<std::uint32_t>(known.size()));
    if (is_new) blocks.insert(blocks.end(), block.begin(), block.end());
    block_of.push_back(found->second);
  }
  write_array(file, "std::uint16_t", "kTraitsBlockOf", block_of);
  write_array(file, "std::uint16_t", "kTraitsBlocks", blocks);
}

void write_lower(std::FILE* file) {
  std::vector<std::uint32_t> pairs;
  for (std::uint32_t c = 0x80; c < kCharacters; ++c) {
    const auto character = static_cast<UChar32>(c);
    if (!is_in_unicode_15(character)) continue;
    const auto lower = static_cast<std::uint32_t>(u_tolower(character));
    if (lower != c) pairs.insert(pairs.end(), {c, lower});
  }
  write_array(file, "std::uint32_t", "kLowerPairs", pairs);
}

// NFKC_Casefold of each character, then decomposed: characters whose case folding is not
// themselves, or that decompose. Hangul syllables are decomposed by arithmetic.
void write_casefold(std::FILE* file) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decomposing = icu::Normalizer2::getNFDInstance(status);
  std::vector<std::uint32_t> keys, begins, pool;
  for (std::uint32_t c = 0; c < kCharacters; ++c) {
    const auto character = static_cast<UChar32>(c);
    if ((c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xD800 && c <= 0xDFFF)) continue;
    if (!is_in_unicode_15(character)) continue;
    const icu::UnicodeString folded =
        decomposing->normalize(folding->normalize(icu::UnicodeString(character), status), status);
    if (folded == icu::UnicodeString(character)) continue;
    keys.push_back(c);
    begins.push_back(static_cast<std::uint32_t>(pool.size()));
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
      pool.push_back(static_cast<std::uint32_t>(folded.char32At(i)));
    }
  }
  if (U_FAILURE(status) != 0) fail("ICU cannot fold");
  begins.push_back(static_cast<std::uint32_t>(pool.size()));
  write_array(file, "std::uint32_t", "kCasefoldKeys", keys);
  write_array(file, "std::uint32_t", "kCasefoldBegins", begins);
  write_array(file, "std::uint32_t", "kCasefoldPool", pool);
}

void write_string(std::FILE* file, const std::string& text) {
  std::fputc('"', file);
  for (const char c : text) std::fprintf(file, "\\%03o", static_cast<unsigned char>(c));
  std::fputc('"', file);
}

// The words after whose full stop a language's sentences go on, from the locale data (CLDR) that
// FilteredBreakIteratorBuilder works with. Only languages with a list of their own.
void write_suppressions(std::FILE* file) {
  std::fprintf(file, "const SuppressionList kSuppressionLists[] = {\n");
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration* locales = ures_openAvailableLocales(U_ICUDATA_NAME "-brkitr", &status);
  std::vector<std::string> languages;
  while (const char* name = uenum_next(locales, nullptr, &status)) languages.emplace_back(name);
  uenum_close(locales);
  if (U_FAILURE(status) != 0) fail("ICU has no data on sentences");
  std::sort(languages.begin(), languages.end());
  for (const std::string& language : languages) {
    status = U_ZERO_ERROR;
    const icu::LocalUResourceBundlePointer bundle(
        ures_open(U_ICUDATA_NAME "-brkitr", language.c_str(), &status));
    const bool is_own = status == U_ZERO_ERROR;
    const icu::LocalUResourceBundlePointer exceptions(
        ures_getByKey(bundle.getAlias(), "exceptions", nullptr, &status));
    const icu::LocalUResourceBundlePointer names(
        ures_getByKey(exceptions.getAlias(), "SentenceBreak", nullptr, &status));
    UResourceBundle* const list = names.getAlias();
    if (!is_own || U_FAILURE(status) != 0) continue;
    std::string words;
    for (std::int32_t i = 0; i < ures_getSize(list); ++i) {
      std::int32_t length = 0;
      const UChar* text = ures_getStringByIndex(list, i, &length, &status);
      if (U_FAILURE(status) != 0) fail("ICU cannot read its data on sentences");
      icu::UnicodeString(text, length).toUTF8String(words);
      words += '\n';
    }
    if (words.empty()) continue;
    std::fputc('{', file);
    write_string(file, language);
    std::fputs(", ", file);
    write_string(file, words);
    std::fputs("},\n", file);
  }
  std::fprintf(file, "};\n");
}

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: generate_character_tables FILE\n");
    return 2;
  }
  std::FILE* file = std::fopen(argv[1], "w");
  if (file == nullptr) {
    std::perror(argv[1]);
    return 1;
  }
  copydesk::write_traits(file);
  copydesk::write_lower(file);
  copydesk::write_casefold(file);
  copydesk::write_suppressions(file);
  return std::fclose(file) == 0 ? 0 : 1;
}
