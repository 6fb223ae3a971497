// SPDX-License-Identifier: Apache-2.0
#include "copydesk/shingle/shingler.h"
#include "copydesk/shingle/telling_length.h"

#include <xxhash.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "copydesk/error.h"
#include "reference/tokenizer.h"
#include "reference/window_hash.h"

namespace copydesk {
namespace {

ShingledText shingled(const ShingleOptions& options, std::string_view text) {
  Shingler shingler(options);
  ShingledText result;
  shingler.shingle(text, result);
  return result;
}

// The characters of the rules: tokens joined by one space where the text separates them.
std::u32string characters_of(std::string_view text) {
  std::u32string result;
  bool is_separated = false;
  for (const reference::FoldedCharacter& character : reference::fold(text)) {
    const UChar32 c = character.c;
    if (c == 0x1F) continue;
    if (c < 0x80 && !u_isalnum(c)) {
      is_separated = true;
      continue;
    }
    if (is_separated && !result.empty()) result += U' ';
    is_separated = false;
    result += static_cast<char32_t>(c);
  }
  return result;
}

std::vector<std::uint64_t> character_hashes(const std::u32string& characters) {
  std::vector<std::uint64_t> result;
  for (const char32_t c : characters) {
    result.push_back(reference::mix((std::uint64_t{c} + 1) * 0x9E3779B97F4A7C15u));
  }
  return result;
}

std::vector<std::uint64_t> token_hashes(std::string_view text) {
  std::vector<std::uint64_t> result;
  for (const reference::Token& token : reference::tokenize(text)) result.push_back(token.hash);
  return result;
}

const char* const kTexts[] = {
    "",
    " \n ",
    "One",
    "The quick brown fox jumps over the lazy dog, twice.",
    "Der schnelle – braune – Fuchs: springt über den faulen Hund und “zurück”!",
    "敏捷的棕色狐狸 jumps 跳过了懒狗。敏捷的棕色狐狸",
    "ประชาชนชาวไทย ทุกคน",
    "빠른 갈색 여우가 게으른 개를 뛰어넘습니다",
    "a\x1F"
    "b 中\x1F文",
};

BOOST_AUTO_TEST_SUITE(shingler)

BOOST_AUTO_TEST_CASE(word_shingles_agree_with_the_reference) {
  for (const char* text : kTexts) {
    for (const std::size_t size : {1, 2, 5, 9, 64}) {
      BOOST_TEST_CONTEXT("size " << size << " text " << text) {
        const ShingledText result = shingled({ShingleUnit::kWord, size}, text);
        const std::vector<std::uint64_t> tokens = token_hashes(text);
        BOOST_TEST(result.tokens == tokens.size());
        if (tokens.size() >= size) {
          BOOST_TEST(result.shingles == reference::window_hashes(tokens, size),
                     boost::test_tools::per_element());
        }
        const XXH128_hash_t exact = XXH3_128bits(tokens.data(), tokens.size() * 8);
        BOOST_TEST(result.exact_low == exact.low64);
        BOOST_TEST(result.exact_high == exact.high64);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(character_shingles_agree_with_the_reference) {
  for (const char* text : kTexts) {
    for (const std::size_t size : {1, 3, 9, 20}) {
      BOOST_TEST_CONTEXT("size " << size << " text " << text) {
        const ShingledText result = shingled({ShingleUnit::kCharacter, size}, text);
        const std::u32string characters = characters_of(text);
        BOOST_TEST(result.tokens == characters.size());
        if (characters.size() >= size) {
          BOOST_TEST(
              result.shingles == reference::window_hashes(character_hashes(characters), size),
              boost::test_tools::per_element());
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(classes_of_texts) {
  const ShingleOptions five{ShingleUnit::kWord, 5};
  const ShingledText empty = shingled(five, " \n ");
  BOOST_TEST((empty.text_class == TextClass::kEmpty));
  BOOST_TEST(empty.shingles.empty());
  BOOST_TEST(empty.tokens == 0u);
  const ShingledText brief = shingled(five, "one two three four");
  BOOST_TEST((brief.text_class == TextClass::kShort));
  BOOST_TEST(brief.shingles.size() == 1u);
  const ShingledText regular = shingled(five, "one two three four five");
  BOOST_TEST((regular.text_class == TextClass::kRegular));
  BOOST_TEST(regular.shingles.size() == 1u);
}

BOOST_AUTO_TEST_CASE(short_texts_differ_from_windows_and_from_each_other) {
  const ShingledText two = shingled({ShingleUnit::kWord, 2}, "alpha beta");
  const ShingledText two_of_three = shingled({ShingleUnit::kWord, 3}, "alpha beta");
  BOOST_TEST(two.shingles[0] != two_of_three.shingles[0]);
  const ShingledText one = shingled({ShingleUnit::kWord, 3}, "beta");
  BOOST_TEST(one.shingles[0] != two_of_three.shingles[0]);
  const ShingledText turned = shingled({ShingleUnit::kWord, 3}, "beta alpha");
  BOOST_TEST(turned.shingles[0] != two_of_three.shingles[0]);
}

BOOST_AUTO_TEST_CASE(exact_hash_sees_tokens_only) {
  const ShingleOptions words{ShingleUnit::kWord, 5};
  const ShingleOptions characters{ShingleUnit::kCharacter, 5};
  for (const ShingleOptions& options : {words, characters}) {
    const ShingledText first = shingled(options, "“Café,” she said.");
    const ShingledText second = shingled(options, "CAFE\u0301 - she   said");
    const ShingledText third = shingled(options, "cafe he said");
    BOOST_TEST(first.exact_low == second.exact_low);
    BOOST_TEST(first.exact_high == second.exact_high);
    BOOST_TEST(first.shingles == second.shingles, boost::test_tools::per_element());
    BOOST_TEST(first.exact_low != third.exact_low);
  }
}

BOOST_AUTO_TEST_CASE(sizes_out_of_range_are_refused) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{65}}) {
    BOOST_CHECK_EXCEPTION(Shingler({ShingleUnit::kWord, size}), Error,
                          [](const Error& e) { return e.code() == ErrorCode::kInvalidOption; });
  }
}

// A text without words is what its characters are, by whatever unit texts are shingled.
BOOST_AUTO_TEST_CASE(texts_without_words_are_compared_by_their_characters) {
  const auto is_same = [](const ShingleOptions& options, std::string_view a, std::string_view b) {
    const ShingledText first = shingled(options, a);
    const ShingledText second = shingled(options, b);
    return first.exact_low == second.exact_low && first.exact_high == second.exact_high;
  };
  for (const ShingleUnit unit : {ShingleUnit::kWord, ShingleUnit::kCharacter}) {
    const ShingleOptions options{unit, 5};
    const std::vector<std::string> texts{"😀",         "🎉",       "😀😀",  "⠁⠃⠉",  "⠁⠃⠙",
                                         "\uE000",     "\uE001",   "{();}", "{[];}", "+ -",
                                         "+-",         "\u0301",   "",      "a",     "...a", "C++", "C#",
                                         "1 ⠁⠃⠉⠙⠑⠋⠛", "1 ⠋⠛⠁⠃⠉⠙⠑",
                                         // Signs that fold to several, and signs with marks of
                                         // their own: integrals and notes.
                                         "∯", "∰", "∯⊳∯", "\U0001D15F", "\U0001D160",
                                         "\U0001D1B9\U0001D165\U0001D1B9\U0001D165",
                                         "\U0001D1BA\U0001D165\U0001D1BA\U0001D165"};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        BOOST_TEST(!is_same(options, texts[i], texts[j]), texts[i] << " and " << texts[j]);
      }
    }
    BOOST_TEST(is_same(options, " 😀\n 🎉 ", "😀 🎉"));
    BOOST_TEST(is_same(options, "", " \u3000\n"));
    BOOST_TEST(is_same(options, "Well, well!", "well well"));
  }
}

BOOST_AUTO_TEST_CASE(code_keeps_case_and_signs) {
  ShingleOptions code{ShingleUnit::kWord, 5};
  code.tokens = TokenKind::kCode;
  const auto exact = [&](std::string_view text) { return shingled(code, text).exact_low; };
  BOOST_TEST(exact("return a + b;") != exact("return a - b;"));
  BOOST_TEST(exact("C++") != exact("C#"));
  BOOST_TEST(exact("x = -12") != exact("x = 12"));
  BOOST_TEST(exact("Foo") != exact("foo"));
  BOOST_TEST(exact("a_b") != exact("a b"));
  BOOST_TEST(exact("año") != exact("ano"));
  BOOST_TEST(exact("if (a)\n  b();\n") == exact("if (a) b();"));
  BOOST_TEST(shingled(code, "f(x, 中文)").tokens == 7u);
  code.unit = ShingleUnit::kCharacter;
  BOOST_TEST(exact("Foo(a)") != exact("foo(a)"));
}

// 1,000 coins need 18 throws, DNA of 1,000 letters 9 letters, one word never enough.
BOOST_AUTO_TEST_CASE(lengths_that_tell) {
  const auto random_tokens = [](std::size_t count, std::uint64_t kinds) {
    std::vector<std::uint64_t> tokens(count);
    std::uint64_t state = 7;
    for (std::uint64_t& token : tokens) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      token = (state >> 33) % kinds;
    }
    return tokens;
  };
  BOOST_TEST(telling_length(random_tokens(1000, 2), 5) == 18u);
  BOOST_TEST(telling_length(random_tokens(1000, 4), 5) == 9u);
  BOOST_TEST(telling_length(random_tokens(1000, 100), 5) == 0u);
  BOOST_TEST(telling_length(random_tokens(100'000, 100), 5) == 0u);
  BOOST_TEST(telling_length(std::vector<std::uint64_t>(10, 3), 5) == 10u);
  BOOST_TEST(telling_length(std::vector<std::uint64_t>(100, 3), 5) == 50u);
  BOOST_TEST(telling_length(std::vector<std::uint64_t>(4, 3), 5) == 0u);
  BOOST_TEST(telling_length(std::vector<std::uint64_t>(1, 3), 1) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
