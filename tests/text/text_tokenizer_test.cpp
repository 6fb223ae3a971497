// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/text_tokenizer.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/symbol_text.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

using Words = std::vector<std::string>;
using Hashes = std::vector<std::uint64_t>;

std::string utf8(std::uint32_t code_point) {
  char bytes[4] = {};
  return {bytes, encode_utf8(code_point, bytes)};
}

Words code_tokens(const std::string& text) {
  CodeTokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize(text, tokens, true);
  BOOST_TEST(tokens.hashes.size() == tokens.spans.size());
  Words words;
  for (const TextSpan& span : tokens.spans) words.emplace_back(span.of(text));
  return words;
}

Hashes words_of(const std::string& text, const FoldOptions& fold) {
  TextTokenizer tokenizer(fold);
  TokenList tokens;
  tokenizer.tokenize(text, TokenKind::kWords, tokens);
  return tokens.hashes;
}

std::string normalized(const std::string& text, UNormalization2Mode mode) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getInstance(nullptr, "nfc", mode, status);
  std::string result;
  form->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(result);
  BOOST_REQUIRE(U_SUCCESS(status));
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_tokenizer)

BOOST_AUTO_TEST_CASE(tokens_of_code) {
  BOOST_TEST(code_tokens("x_1=-12;\n\tif(a<=b)//\u00FCber") ==
                 (Words{"x_1", "=", "-", "12", ";", "if", "(", "a", "<", "=", "b", ")", "/", "/",
                        "\u00FCber"}),
             boost::test_tools::per_element());
  BOOST_TEST(code_tokens("a\u2192b \u4E2D\u6587\u00A0c") ==
                 (Words{"a", "\u2192", "b", "\u4E2D", "\u6587", "c"}),
             boost::test_tools::per_element());
  BOOST_TEST(code_tokens(" \n\t\u3000").empty());
  const std::string name(100, 'n');
  BOOST_TEST(code_tokens(name + "." + name) == (Words{name, ".", name}),
             boost::test_tools::per_element());
}

// Everything but white space is in a token, and a token does not depend on what stands around it.
BOOST_AUTO_TEST_CASE(tokens_of_random_code) {
  std::mt19937 random(7);
  const std::uint32_t kinds[][2] = {{9, 126}, {48, 122}, {0xA0, 0x24F}, {0x2000, 0x27FF},
                                    {0x3000, 0x9FFF}, {0x1F300, 0x1F6FF}};
  CodeTokenizer tokenizer;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t left = random() % 60; left > 0; --left) {
      const auto& kind = kinds[random() % std::size(kinds)];
      const auto offset = static_cast<std::uint32_t>(random() % (kind[1] - kind[0] + 1));
      text += utf8(kind[0] + offset);
    }
    TokenList tokens;
    tokenizer.tokenize(text, tokens, true);
    std::string covered, expected;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::string token(tokens.spans[i].of(text));
      covered += token;
      TokenList alone;
      tokenizer.tokenize(token, alone, false);
      BOOST_TEST((alone.hashes == Hashes{tokens.hashes[i]}), token);
    }
    for (std::size_t i = 0; i < text.size();) {
      const auto [code_point, length] = decode_within(text, i);
      if (!is_white_space(code_point)) expected += text.substr(i, length);
      i += length;
    }
    BOOST_TEST(covered == expected);
  }
}

// With accents kept, composed and decomposed letters are one, capitals and small ones too, and a
// letter is not the same as the one without its accent.
BOOST_AUTO_TEST_CASE(accents_can_be_kept) {
  const FoldOptions kept{.accents = false};
  std::size_t accented = 0;
  for (std::uint32_t c = 0xC0; c < 0x3100; ++c) {
    const std::string letter = utf8(c);
    const std::string apart = normalized(letter, UNORM2_DECOMPOSE);
    const std::string text = "x" + letter + "y", decomposed = "x" + apart + "y";
    BOOST_TEST((words_of(text, kept) == words_of(decomposed, kept)), "U+" << std::hex << c);
    BOOST_TEST((words_of(text, {}) == words_of(decomposed, {})), "U+" << std::hex << c);
    const auto [base, length] = decode_utf8((apart + "    ").data());
    if (length == apart.size() || base >= 0x250) continue;
    const std::uint32_t mark = decode_within(apart, length).code_point;
    if (mark < 0x300 || mark > 0x36F) continue;
    ++accented;
    const std::string plain = "x" + utf8(base) + "y";
    BOOST_TEST((words_of(text, {}) == words_of(plain, {})), letter);
    BOOST_TEST((words_of(text, kept) != words_of(plain, kept)), letter);
  }
  BOOST_TEST(accented > 300u);
  BOOST_TEST((words_of("\u00C9T\u00C9 MA\u00D1ANA", kept) ==
              words_of("\u00E9t\u00E9 man\u0303ana", kept)));
  BOOST_TEST((words_of("m\u00E1", kept) != words_of("m\u00E0", kept)));
  BOOST_TEST((words_of("\u304C", kept) != words_of("\u304B", kept)));
  // Arabic points are left out all the same.
  BOOST_TEST((words_of("\u0643\u064E\u062A\u064E\u0628", kept) ==
              words_of("\u0643\u062A\u0628", kept)));
}

BOOST_AUTO_TEST_CASE(chinese_can_be_simplified) {
  const FoldOptions simplified{.chinese = true};
  const std::string traditional = "\u6F22\u8A9E\u6559\u5B78";
  const std::string simple = "\u6C49\u8BED\u6559\u5B66";
  BOOST_TEST((words_of(traditional, {}) != words_of(simple, {})));
  BOOST_TEST((words_of(traditional, simplified) == words_of(simple, simplified)));
  BOOST_TEST((words_of(simple, simplified) == words_of(simple, {})));
  // All else is as it was.
  for (std::uint32_t c = 0xA0; c < 0x2E80; ++c) {
    const std::string text = "x" + utf8(c) + "y";
    BOOST_TEST((words_of(text, simplified) == words_of(text, {})), "U+" << std::hex << c);
  }
}

BOOST_AUTO_TEST_CASE(units) {
  TextTokenizer tokenizer;
  TokenList tokens;
  BOOST_TEST((tokenizer.tokenize("C is fun", TokenKind::kWords, tokens) == TokenUnit::kWord));
  BOOST_TEST(tokens.size() == 3u);
  BOOST_TEST((tokenizer.tokenize(":-) :-( 1", TokenKind::kWords, tokens) == TokenUnit::kCharacter));
  BOOST_TEST(tokens.size() == 9u);
  BOOST_TEST((tokenizer.tokenize(":-) 1", TokenKind::kCode, tokens, true) == TokenUnit::kCode));
  BOOST_TEST(tokens.spans.size() == 4u);
  BOOST_TEST((token_kind("code", TokenKind::kWords) == TokenKind::kCode));
  BOOST_TEST((token_kind("words", TokenKind::kCode) == TokenKind::kWords));
  BOOST_TEST((token_kind("python", TokenKind::kCode) == TokenKind::kCode));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
