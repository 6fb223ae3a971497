// SPDX-License-Identifier: Apache-2.0
//
// The generated tables beside ICU, over all characters.
#include "copydesk/text/character_tables.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::uint32_t kCharacters = 0x110000;

bool is_surrogate(std::uint32_t c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

bool is_in_unicode_15(std::uint32_t c) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(c), age);
  return age[0] >= 1 && age[0] <= 15;
}

std::string utf8_of(const std::vector<std::uint32_t>& points) {
  std::string text;
  char bytes[4];
  for (const std::uint32_t point : points) text.append(bytes, encode_utf8(point, bytes));
  return text;
}

std::string folded(const std::string& text) {
  std::vector<std::uint32_t> points;
  append_casefolded(text, points);
  return utf8_of(points);
}

std::string folded_by_icu(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decomposing = icu::Normalizer2::getNFDInstance(status);
  std::string bytes;
  decomposing->normalize(folding->normalize(icu::UnicodeString::fromUTF8(text), status), status)
      .toUTF8String(bytes);
  BOOST_REQUIRE(U_SUCCESS(status));
  return bytes;
}

SentenceBreak expected_break(std::uint32_t c) {
  switch (u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_SENTENCE_BREAK)) {
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

BOOST_AUTO_TEST_SUITE(character_tables)

BOOST_AUTO_TEST_CASE(properties_are_those_of_icu) {
  std::size_t differences = 0, compared = 0;
  for (std::uint32_t c = 0; c < kCharacters; ++c) {
    if (!is_in_unicode_15(c)) continue;
    ++compared;
    const std::uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(c));
    const CharacterGroup group = character_group(c);
    const bool same =
        sentence_break(c) == expected_break(c) &&
        (group == CharacterGroup::kLetter) == ((mask & U_GC_L_MASK) != 0) &&
        (group == CharacterGroup::kMark) == ((mask & U_GC_M_MASK) != 0) &&
        (group == CharacterGroup::kNumber) == ((mask & U_GC_N_MASK) != 0) &&
        (group == CharacterGroup::kOpening) == ((mask & (U_GC_PS_MASK | U_GC_PI_MASK)) != 0) &&
        character_traits(c) >> 8 == u_getCombiningClass(static_cast<UChar32>(c));
    if (!same) ++differences;
  }
  BOOST_TEST(differences == 0u);
  BOOST_TEST(compared > 280'000u);
}

BOOST_AUTO_TEST_CASE(lower_case_is_that_of_icu) {
  std::size_t differences = 0;
  for (std::uint32_t c = 0; c < kCharacters; ++c) {
    if (!is_in_unicode_15(c)) continue;
    const auto lower = static_cast<std::uint32_t>(u_tolower(static_cast<UChar32>(c)));
    if (lower_case_of(c) != lower) ++differences;
  }
  BOOST_TEST(differences == 0u);
}

BOOST_AUTO_TEST_CASE(folding_is_that_of_icu) {
  std::size_t differences = 0;
  for (std::uint32_t c = 0; c < kCharacters; ++c) {
    if (is_surrogate(c) || !is_in_unicode_15(c)) continue;
    const std::string text = utf8_of({c});
    if (folded(text) != folded_by_icu(text)) ++differences;
  }
  BOOST_TEST(differences == 0u);
}

// Marks in any order behind bases of all kinds, syllables beside jamo.
BOOST_AUTO_TEST_CASE(folding_of_sequences_is_that_of_icu) {
  std::uint64_t state = 7;
  const auto next = [&](std::uint32_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::uint32_t>((state >> 33) % below);
  };
  const std::vector<std::uint32_t> starts{'A',    0xE9,   0x1E9B, 0xAC01, 0x1100, 0x1161,
                                          0x11A8, 0x3B1,  0x915,  0x304B, 0xFB2C, 0x130,
                                          0x212A, 0xFF21, 0xBD,   0xDF};
  std::size_t differences = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::uint32_t> points;
    for (std::uint32_t length = 1 + next(8); points.size() < length;) {
      const std::uint32_t kind = next(4);
      const std::uint32_t point = kind == 0
                                      ? starts[next(static_cast<std::uint32_t>(starts.size()))]
                                  : kind == 1 ? 0x300 + next(0x70)
                                  : kind == 2 ? next(0x3000)
                                              : next(kCharacters);
      if (!is_surrogate(point) && is_in_unicode_15(point)) points.push_back(point);
    }
    const std::string text = utf8_of(points);
    if (folded(text) != folded_by_icu(text)) ++differences;
  }
  BOOST_TEST(differences == 0u);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_are_replaced) {
  BOOST_TEST(folded("A\xFFz\xC3") == "a\uFFFDz\uFFFD");
}

BOOST_AUTO_TEST_CASE(languages_with_exceptions_have_them) {
  BOOST_TEST(sentence_suppressions("en").find("Mr.\n") != std::string_view::npos);
  BOOST_TEST(sentence_suppressions("de").find("z.B.\n") != std::string_view::npos);
  BOOST_TEST(sentence_suppressions("xx").empty());
  BOOST_TEST(sentence_suppressions("").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
