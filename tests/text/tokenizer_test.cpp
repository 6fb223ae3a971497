// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/tokenizer.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "copydesk/text/fold_tables.h"
#include "copydesk/text/utf8.h"
#include "reference/tokenizer.h"

namespace copydesk {
namespace {

std::string utf8(std::uint32_t code_point) {
  char bytes[4];
  return std::string(bytes, encode_utf8(code_point, bytes));
}

bool is_surrogate(std::uint32_t c) {
  return c >= 0xD800 && c < 0xE000;
}

// Prints as text where it differs.
std::string describe(std::string_view text, const TokenList& tokens) {
  std::string result;
  for (const TextSpan& span : tokens.spans) {
    result += "[" + std::to_string(span.begin) + "-" + std::to_string(span.end) + " ";
    result += span.of(text);
    result += "]";
  }
  return result;
}

bool agrees_with_reference(Tokenizer& tokenizer, std::string_view text) {
  TokenList tokens;
  TokenList plain;
  tokenizer.tokenize(text, plain);
  tokenizer.tokenize_with_spans(text, tokens);
  const std::vector<reference::Token> expected = reference::tokenize(text);
  bool same = plain.hashes == tokens.hashes && plain.spans.empty() &&
              tokens.hashes.size() == expected.size() && tokens.spans.size() == expected.size();
  for (std::size_t i = 0; same && i < expected.size(); ++i) {
    same = tokens.hashes[i] == expected[i].hash &&
           tokens.spans[i] == TextSpan{expected[i].begin, expected[i].end};
  }
  if (!same) {
    std::string wanted;
    for (const reference::Token& token : expected) {
      wanted += "[" + std::to_string(token.begin) + "-" + std::to_string(token.end) + " " +
                token.folded + "]";
    }
    BOOST_TEST_MESSAGE("got " << describe(text, tokens) << " wanted " << wanted);
  }
  return same;
}

std::string normalized(const std::string& text, const char* data, UNormalization2Mode mode) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getInstance(nullptr, data, mode, status);
  std::string result;
  form->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(result);
  BOOST_REQUIRE(U_SUCCESS(status));
  return result;
}

std::vector<std::uint64_t> hashes_of(Tokenizer& tokenizer, std::string_view text) {
  TokenList tokens;
  tokenizer.tokenize(text, tokens);
  return tokens.hashes;
}

BOOST_AUTO_TEST_SUITE(tokenizer)

BOOST_AUTO_TEST_CASE(tables_are_those_of_unicode_15) {
  BOOST_TEST(fold_tables_checksum() == 5472200790832254146u);
}

BOOST_AUTO_TEST_CASE(every_character_alone_and_between_letters) {
  Tokenizer tokenizer;
  std::size_t wrong = 0;
  for (std::uint32_t c = 1; c < 0x110000; ++c) {
    if (is_surrogate(c)) continue;
    // Of large ranges of characters under one rule a few are enough.
    if (((c >= 0x40000 && c < 0x10FF00) || (c >= 0x20000 && c < 0x2F000)) && c % 61 != 0) continue;
    if (((c >= 0x3500 && c < 0x9F00) || (c >= 0xAC80 && c < 0xD780)) && c % 11 != 0) continue;
    const std::string text = utf8(c) + " a" + utf8(c) + "b";
    if (!agrees_with_reference(tokenizer, text) && ++wrong < 20) {
      BOOST_ERROR("U+" << std::hex << c);
    }
  }
  BOOST_TEST(wrong == 0u);
}

// Characters of many scripts, weighted towards those that interact.
std::string random_text(std::mt19937& random, std::size_t length) {
  static constexpr std::uint32_t kRanges[][2] = {
      {0x20, 0x7E},       {0x20, 0x7E},       {0xA0, 0x17F},      {0x300, 0x30F},
      {0x345, 0x345},     {0x370, 0x3FF},     {0x400, 0x45F},     {0x5D0, 0x5EA},
      {0x5B0, 0x5BD},     {0x620, 0x655},     {0x900, 0x97F},     {0xE01, 0xE4E},
      {0xE38, 0xE49},     {0xEB8, 0xEC9},     {0xF71, 0xF80},     {0x1000, 0x1040},
      {0x1100, 0x1112},   {0x1161, 0x1175},   {0x11A8, 0x11C2},   {0xAC00, 0xAC40},
      {0x1780, 0x17D3},   {0x1E00, 0x1EFF},   {0x1F00, 0x1FFF},   {0x2000, 0x206F},
      {0x2100, 0x2188},   {0x3040, 0x30FF},   {0x302A, 0x302F},   {0x3130, 0x318E},
      {0x3200, 0x33FF},   {0x4E00, 0x4E80},   {0xFB00, 0xFB06},   {0xFDF0, 0xFDFC},
      {0xFE70, 0xFEFC},   {0xFF01, 0xFFDC},   {0x10400, 0x10450}, {0x1D400, 0x1D7FF},
      {0x1F1E6, 0x1F64F}, {0x20000, 0x20020}, {0x2F800, 0x2FA1D}, {0xC46, 0xC56}};
  std::string text;
  std::size_t script = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (i == 0 || random() % 3 == 0) script = random() % std::size(kRanges);
    const auto& range = kRanges[script];
    text += utf8(range[0] + static_cast<std::uint32_t>(random() % (range[1] - range[0] + 1)));
  }
  return text;
}

BOOST_AUTO_TEST_CASE(random_mixes_agree_with_the_reference) {
  std::mt19937 random(11);
  Tokenizer tokenizer;
  for (int trial = 0; trial < 6000; ++trial) {
    const std::string text = random_text(random, 1 + random() % 40);
    if (!agrees_with_reference(tokenizer, text)) {
      BOOST_ERROR("trial " << trial << ": " << text);
      break;
    }
  }
}

BOOST_AUTO_TEST_CASE(long_texts_agree_with_the_reference) {
  std::mt19937 random(12);
  Tokenizer tokenizer;
  for (const std::size_t length : {4095u, 4096u, 4097u, 20000u}) {
    BOOST_TEST(agrees_with_reference(tokenizer, std::string(length, 'x')));
    BOOST_TEST(agrees_with_reference(tokenizer, std::string(length, 'x') + " y"));
    BOOST_TEST(agrees_with_reference(tokenizer, std::string(length, ' ') + "y"));
    BOOST_TEST(agrees_with_reference(tokenizer, random_text(random, length)));
    std::string expanding;
    for (std::size_t i = 0; i < length; ++i) expanding += utf8(0xFDFA);
    BOOST_TEST(agrees_with_reference(tokenizer, expanding));
  }
}

BOOST_AUTO_TEST_CASE(runs_of_marks_in_the_wrong_order) {
  std::mt19937 random(13);
  Tokenizer tokenizer;
  const std::uint32_t marks[] = {0xE38, 0xE48, 0x93C, 0x94D, 0xEB8, 0xEC8, 0x302A, 0xE4D};
  for (int trial = 0; trial < 300; ++trial) {
    std::string text = trial % 2 == 0 ? "\u0E01" : "a";
    for (std::size_t i = 0, n = random() % 100; i < n; ++i) text += utf8(marks[random() % 8]);
    BOOST_TEST(agrees_with_reference(tokenizer, text + "b"));
  }
}

BOOST_AUTO_TEST_CASE(normalization_forms_agree) {
  std::mt19937 random(14);
  Tokenizer tokenizer;
  for (int trial = 0; trial < 6000; ++trial) {
    // A first decomposition removes the orders of marks that are canonical in no form.
    const std::string text =
        normalized(random_text(random, 1 + random() % 20), "nfc", UNORM2_DECOMPOSE);
    const std::vector<std::uint64_t> expected = hashes_of(tokenizer, text);
    const std::string forms[] = {normalized(text, "nfc", UNORM2_COMPOSE),
                                 normalized(text, "nfkc", UNORM2_COMPOSE),
                                 normalized(text, "nfkc", UNORM2_DECOMPOSE)};
    for (const std::string& form : forms) {
      if (hashes_of(tokenizer, form) != expected) {
        BOOST_ERROR("trial " << trial << ": " << text << " | " << form);
      }
    }
  }
}

// Characters that become several tokens share their span; all other spans are disjoint, in order
// and fold to their own token.
BOOST_AUTO_TEST_CASE(spans_stand_alone) {
  std::mt19937 random(15);
  Tokenizer tokenizer;
  TokenList tokens;
  for (int trial = 0; trial < 5000; ++trial) {
    const std::string text = random_text(random, 1 + random() % 40);
    tokenizer.tokenize_with_spans(text, tokens);
    std::size_t end = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const TextSpan span = tokens.spans[i];
      BOOST_REQUIRE(span.begin < span.end && span.end <= text.size());
      BOOST_TEST((static_cast<unsigned char>(text[span.begin]) & 0xC0) != 0x80);
      BOOST_TEST(
          (span.end == text.size() || (static_cast<unsigned char>(text[span.end]) & 0xC0) != 0x80));
      if (span.begin >= end && (i + 1 == tokens.size() || tokens.spans[i + 1].begin >= span.end)) {
        BOOST_TEST(
            hashes_of(tokenizer, span.of(text)) == std::vector<std::uint64_t>{tokens.hashes[i]},
            boost::test_tools::per_element());
      }
      BOOST_TEST(span.end >= end);
      end = span.end;
    }
  }
}

BOOST_AUTO_TEST_CASE(texts_joined_by_a_space_have_the_tokens_of_both) {
  std::mt19937 random(16);
  Tokenizer tokenizer;
  for (int trial = 0; trial < 3000; ++trial) {
    const std::string first = random_text(random, random() % 20);
    const std::string second = random_text(random, random() % 20);
    std::vector<std::uint64_t> both = hashes_of(tokenizer, first);
    const std::vector<std::uint64_t> rest = hashes_of(tokenizer, second);
    both.insert(both.end(), rest.begin(), rest.end());
    BOOST_TEST(hashes_of(tokenizer, first + " " + second) == both,
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(what_must_be_equal_is_equal) {
  Tokenizer tokenizer;
  const std::pair<const char*, const char*> pairs[] = {
      {"Straße", "STRASSE"},
      {"eﬃcient", "efficient"},
      {"Ｆｕｌｌ　ｗｉｄｔｈ １２", "full width 12"},
      {"soft\u00ADhyphen zero\u200Bwidth\uFEFF", "softhyphen zerowidth"},
      {"İstanbul", "istanbul"},
      {"ΟΔΥΣΣΕΥΣ", "οδυσσευς"},
      {"כָּתַב", "כתב"},
      {"مُحَمَّد", "محمد"},
      {"كـــتاب", "كتاب"},
      {"ｶﾞｷﾞ", "カキ"},
      {"“quoted” don’t", "\"quoted\" don't"},
      {"𝐁𝐨𝐥𝐝 ①", "bold 1"},
      {"", " \t\n-_'…"},
  };
  for (const auto& [left, right] : pairs) {
    BOOST_TEST(hashes_of(tokenizer, left) == hashes_of(tokenizer, right),
               boost::test_tools::per_element());
  }
  BOOST_TEST(hashes_of(tokenizer, "中文字").size() == 3u);
  BOOST_TEST(hashes_of(tokenizer, "がぎ").size() == 2u);
  BOOST_TEST(hashes_of(tokenizer, "ที่นี่").size() == 2u);
  BOOST_TEST(hashes_of(tokenizer, "abc中def").size() == 3u);
  BOOST_TEST(hashes_of(tokenizer, "한국어 텍스트").size() == 2u);
}

BOOST_AUTO_TEST_CASE(invalid_bytes_are_safe) {
  std::mt19937 random(17);
  Tokenizer tokenizer;
  TokenList tokens;
  for (int trial = 0; trial < 3000; ++trial) {
    std::string text;
    for (std::size_t i = 0, n = random() % 30; i < n; ++i) {
      text += static_cast<char>(random() % 4 == 0 ? random() : 0xC0 + random() % 64);
    }
    const std::vector<char> exact(text.begin(), text.end());
    tokenizer.tokenize_with_spans({exact.data(), exact.size()}, tokens);
    for (const TextSpan& span : tokens.spans) BOOST_TEST(span.end <= text.size());
  }
}

// Bytes that begin no character may each become four bytes and a boundary, more than any character.
BOOST_AUTO_TEST_CASE(long_runs_of_invalid_bytes_are_safe) {
  for (const char* const piece : {"\xF8", "\xF0", "\xF4\xA0", "\xE4", "\xC3"}) {
    std::string text = "中文";
    for (int i = 0; i < 1000; ++i) text += piece;
    Tokenizer tokenizer;
    TokenList tokens;
    tokenizer.tokenize(text, tokens);
    BOOST_TEST(tokenizer.folded().size() > 0u);
    tokenizer.tokenize_with_spans(text, tokens);
    for (const TextSpan& span : tokens.spans) BOOST_REQUIRE(span.end <= text.size());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
